import { setGlobalTheme } from '@atlaskit/tokens/set-global-theme';
import type { ColorMode } from './bridge';

let applied: ColorMode | undefined;

/** Puts Atlassian's design tokens on the page, in the colour mode that the host has. */
export async function applyTheme(mode: ColorMode): Promise<void> {
  if (mode === applied) return;
  applied = mode;
  await setGlobalTheme({ colorMode: mode, light: 'light', dark: 'dark' });
}
