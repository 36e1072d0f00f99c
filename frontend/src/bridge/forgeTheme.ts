import { view } from '@forge/bridge';
import type { ColorMode } from './bridge';

/**
 * Follows the host's theme. Once it is enabled, the host says its theme and mode on the page's root
 * element, where Atlaskit's tokens look for theirs.
 */
export function followForgeTheme(
  initial: string | undefined,
  listener: (mode: ColorMode) => void,
): void {
  listener(isMode(initial) ? initial : 'auto');
  const root = document.documentElement;
  const tell = () => {
    const { colorMode } = root.dataset;
    if (colorMode === 'light' || colorMode === 'dark') listener(colorMode);
  };
  new MutationObserver(tell).observe(root, { attributeFilter: ['data-color-mode', 'data-theme'] });
  view.theme.enable().catch(() => undefined);
}

function isMode(text: string | undefined): text is ColorMode {
  return text === 'light' || text === 'dark' || text === 'auto';
}
