import type { Bridge, SignInWindow } from '../../src/bridge/bridge';

export interface FakeWindow extends SignInWindow {
  url: string | null;
  is: 'open' | 'closed';
}

/** A host whose windows a test can look at, close, or block. */
export function fakeBridge(how: { blocked?: boolean } = {}) {
  const windows: FakeWindow[] = [];
  let tokens = 0;
  const bridge: Bridge & { windows: FakeWindow[] } = {
    windows,
    getAuthorization: async () => `JWT token-${++tokens}`,
    openWindow: () => {
      if (how.blocked) return null;
      const opened: FakeWindow = {
        url: null,
        is: 'open',
        goTo(url) {
          opened.url = url;
        },
        state: () => opened.is,
        close() {
          opened.is = 'closed';
        },
      };
      windows.push(opened);
      return opened;
    },
    followTheme: (listener) => listener('light'),
    makeRoom: () => undefined,
  };
  return bridge;
}
