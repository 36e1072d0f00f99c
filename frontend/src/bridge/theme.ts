import { setGlobalTheme } from '@atlaskit/tokens/set-global-theme';
import type { ColorMode } from './bridge';

let applied: { mode: ColorMode; theme: string | undefined } | undefined;

/**
 * Puts Atlassian's design tokens on the page, in the colour mode that the host has. Again when
 * somebody else wrote over them: Connect's script sets the same attributes, for an older set.
 */
export async function applyTheme(mode: ColorMode): Promise<void> {
  const { dataset } = document.documentElement;
  if (applied && applied.mode === mode && applied.theme === dataset.theme) return;
  await setGlobalTheme({ colorMode: mode, light: 'light', dark: 'dark' });
  applied = { mode, theme: dataset.theme };
}
