import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { settings } from './settings';

/** Keeps a picture of the page as it is. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!settings.screenshots) return;
  await mkdir(settings.screenshots, { recursive: true });
  await page.screenshot({
    path: join(settings.screenshots, `${name}.png`),
    animations: 'disabled',
  });
}

/** Runs axe inside the panel's frame, with colours as they are painted. */
export async function expectAccessible(panel: Frame): Promise<void> {
  await panel.evaluate(axe.source);
  await panel.evaluate(arrived);
  const findings = await panel.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await tool.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(findings).toEqual([]);
}

/** A colour on its way to another one is nobody's colour: ends what moves, until two frames pass without it. */
async function arrived(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    const moving = document.getAnimations().filter((one) => {
      const end = Number(one.effect?.getComputedTiming().endTime);
      return one.playState === 'running' && Number.isFinite(end);
    });
    for (const one of moving) one.finish();
    quiet = moving.length === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
