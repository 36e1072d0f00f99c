import type { Bridge, SignInWindow } from '../../src/bridge/bridge';

export interface FakeWindow extends SignInWindow {
  url: string | null;
  is: 'open' | 'closed';
}

interface Host {
  blocked?: boolean;
  door?: Bridge['door'];
  project?: string;
}

/** A host whose windows a test can look at, close, or block. */
export function fakeBridge({ blocked, door = 'connect', project }: Host = {}) {
  const windows: FakeWindow[] = [];
  let tokens = 0;
  const bridge: Bridge & { windows: FakeWindow[] } = {
    windows,
    door,
    project: project ?? null,
    carriesBytes: door === 'connect',
    fetch(request) {
      request.headers.set('Authorization', `JWT token-${++tokens}`);
      return globalThis.fetch(request);
    },
    openWindow: () => {
      if (blocked) return null;
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
