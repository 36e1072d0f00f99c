import { setGlobalTheme } from '@atlaskit/tokens/set-global-theme';
import type { ColorMode } from './bridge';

let wanted: ColorMode | undefined;
/** What the tokens' own script wrote on the root element, by which their styles are chosen. */
let written: string | undefined;
let isWriting = false;

/**
 * Puts Atlassian's design tokens on the page, in the colour mode that the host has. Asked again with
 * the same mode it does nothing, unless a host has put its own, smaller set in their place.
 */
export async function applyTheme(mode: ColorMode): Promise<void> {
  const { dataset } = document.documentElement;
  if (mode === wanted && (isWriting || dataset.theme === written)) return;
  wanted = mode;
  isWriting = true;
  await setGlobalTheme({ colorMode: mode, light: 'light', dark: 'dark' });
  written = dataset.theme;
  isWriting = false;
}
