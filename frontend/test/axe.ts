import axe from 'axe-core';
import { expect } from 'vitest';

/** Runs axe on the page; jsdom paints nothing, so contrast is left to the browser test. */
export async function expectNoAxeFindings(container: Element = document.body): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  expect(told).toEqual([]);
}
