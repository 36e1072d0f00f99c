import { afterEach, expect, it, vi } from 'vitest';
import type { ColorMode } from './bridge';
import { applyTheme } from './theme';

const OURS = 'light:light dark:dark typography:typography';
const root = document.documentElement;
const { setGlobalTheme } = vi.hoisted(() => ({ setGlobalTheme: vi.fn() }));
vi.mock('@atlaskit/tokens/set-global-theme', () => ({ setGlobalTheme }));

setGlobalTheme.mockImplementation(async ({ colorMode }: { colorMode: ColorMode }) => {
  root.dataset.theme = OURS;
  root.dataset.colorMode = colorMode;
});

afterEach(() => setGlobalTheme.mockClear());

it('writes each mode once', async () => {
  await applyTheme('light');
  await applyTheme('light');
  await applyTheme('dark');
  expect(setGlobalTheme).toHaveBeenCalledTimes(2);
  expect(root.dataset.colorMode).toBe('dark');
});

it('puts its tokens back when a host has put others in their place', async () => {
  await applyTheme('dark');
  root.dataset.theme = 'light:light dark:dark';
  await applyTheme('dark');
  expect(root.dataset.theme).toBe(OURS);
});

it('does not take its own writing for a host’s', async () => {
  await applyTheme('light');
  root.dataset.theme = 'another';
  setGlobalTheme.mockClear();
  const watch = new MutationObserver(() => void applyTheme('light'));
  watch.observe(root, { attributeFilter: ['data-theme', 'data-color-mode'] });
  await applyTheme('light');
  await new Promise((resolve) => setTimeout(resolve));
  watch.disconnect();
  expect(setGlobalTheme).toHaveBeenCalledTimes(1);
});
