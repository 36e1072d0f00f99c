import type { Bridge, ColorMode } from './bridge';
import { openBrowserWindow } from './window';

/** The part of Atlassian Connect's `window.AP` that the panel uses. */
export interface ConnectApi {
  context: { getToken(callback: (token: string) => void): void };
  resize?(width: string, height: string): void;
  sizeToParent?(hideFooter?: boolean): void;
  theming?: { initializeTheming(): void };
  register?(handlers: Record<string, (event: ThemeEvent) => void>): void;
}

/** What the host says of its theme; empty when it has none. */
export interface ThemeEvent {
  initialTheme?: { colorMode?: ColorMode };
  newTheme?: { colorMode?: ColorMode };
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
    door: 'connect',
    project: new URLSearchParams(window.location.search).get('project'),
    carriesBytes: true,
    async fetch(request) {
      // Asked before every call: tokens live for minutes.
      request.headers.set('Authorization', `JWT ${await contextToken(ap)}`);
      return globalThis.fetch(request);
    },
    openWindow: openBrowserWindow,
    followTheme: (listener) => followConnectTheme(ap, listener),
    makeRoom: (root) => makeRoom(ap, root),
  };
}

function contextToken(ap: ConnectApi): Promise<string> {
  return new Promise((resolve) => ap.context.getToken(resolve));
}

/**
 * Listens to the host's theme in place of Connect's own script. That one would load an older set of
 * tokens from Atlassian's servers, over the set that the panel's components were made for.
 */
function followConnectTheme(ap: ConnectApi, listener: (mode: ColorMode) => void): void {
  if (!ap.theming || !ap.register) {
    listener('auto');
    return;
  }
  const tell = ({ initialTheme, newTheme }: ThemeEvent) =>
    listener((initialTheme ?? newTheme)?.colorMode ?? 'light');
  ap.register({ theme_initialized: tell, theme_changed: tell });
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
