import type { Bridge, ColorMode } from './bridge';
import { openBrowserWindow } from './window';

/** The part of Atlassian Connect's `window.AP` that the panel uses. */
export interface ConnectApi {
  context: { getToken(callback: (token: string) => void): void };
  resize?(width: string, height: string): void;
  sizeToParent?(hideFooter?: boolean): void;
  theming?: { initializeTheming(): void };
}

declare global {
  interface Window {
    AP?: ConnectApi;
  }
}

const LEAST_HEIGHT = 560;

/** The bridge of Atlassian Connect. */
export function connectBridge(ap: ConnectApi): Bridge {
  return {
    getAuthorization: () =>
      new Promise((resolve) => ap.context.getToken((token) => resolve(`JWT ${token}`))),
    openWindow: openBrowserWindow,
    followTheme: (listener) => followConnectTheme(ap, listener),
    makeRoom: (root) => makeRoom(ap, root),
  };
}

/** Connect tells the host's theme by attributes that its script sets on `<html>`. */
function followConnectTheme(ap: ConnectApi, listener: (mode: ColorMode) => void): void {
  if (!ap.theming) {
    listener('auto');
    return;
  }
  const html = document.documentElement;
  const tell = () => listener(html.dataset.colorMode === 'dark' ? 'dark' : 'light');
  new MutationObserver(tell).observe(html, { attributeFilter: ['data-color-mode', 'data-theme'] });
  ap.theming.initializeTheming();
}

/**
 * A general page fills the room under Jira's header and scrolls by itself. Where the host does not
 * offer that (it ignores the call), the frame follows the height of the content instead.
 */
function makeRoom(ap: ConnectApi, root: HTMLElement): void {
  ap.sizeToParent?.(true);
  const follow = () => {
    ap.resize?.('100%', `${Math.max(LEAST_HEIGHT, Math.ceil(root.scrollHeight) + 16)}px`);
  };
  new ResizeObserver(follow).observe(root);
}
