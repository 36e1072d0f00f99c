import { describe, expect, it, vi } from 'vitest';
import { type ConnectApi, connectBridge, type ThemeEvent } from './connect';

function anAp(change: Partial<ConnectApi> = {}): ConnectApi {
  let tokens = 0;
  return { context: { getToken: (callback) => callback(`t${++tokens}`) }, ...change };
}

describe('the bridge of Connect', () => {
  it('asks Jira for a token before every call', async () => {
    const fetch = vi.fn(async (_: Request) => new Response('{}'));
    vi.stubGlobal('fetch', fetch);
    const bridge = connectBridge(anAp());
    await bridge.fetch(new Request('https://postroom.example/api/v1/me'));
    await bridge.fetch(new Request('https://postroom.example/api/v1/me'));
    const proofs = fetch.mock.calls.map(([request]) => request.headers.get('authorization'));
    expect(proofs).toEqual(['JWT t1', 'JWT t2']);
  });

  it('knows the project whose settings it was opened in', () => {
    window.history.replaceState(null, '', '/panel?project=10000&lic=active');
    expect(connectBridge(anAp()).project).toBe('10000');
    window.history.replaceState(null, '', '/panel');
    expect(connectBridge(anAp()).project).toBeNull();
  });

  it('follows the theme of the host, and keeps Connect from loading its own tokens', () => {
    let handlers: Record<string, (event: ThemeEvent) => void> = {};
    const initializeTheming = () =>
      handlers.theme_initialized?.({ initialTheme: { colorMode: 'dark' } });
    const register: ConnectApi['register'] = (given) => {
      handlers = given;
    };
    const listener = vi.fn();
    connectBridge(anAp({ theming: { initializeTheming }, register })).followTheme(listener);
    expect(listener).toHaveBeenLastCalledWith('dark');
    handlers.theme_changed?.({ newTheme: { colorMode: 'light' } });
    expect(listener).toHaveBeenLastCalledWith('light');
    handlers.theme_changed?.({ newTheme: {} });
    expect(listener).toHaveBeenLastCalledWith('light');
  });

  it('leaves the theme to the browser when the host tells none', () => {
    const listener = vi.fn();
    connectBridge(anAp()).followTheme(listener);
    expect(listener).toHaveBeenCalledWith('auto');
  });

  it('cuts the window off from the panel before it goes anywhere', () => {
    const replace = vi.fn();
    const opened = { opener: window, closed: false, location: { replace }, close: vi.fn() };
    vi.stubGlobal('open', () => opened);
    const signIn = connectBridge(anAp()).openWindow();
    expect(opened.opener).toBeNull();
    signIn?.goTo('https://login.example/');
    expect(replace).toHaveBeenCalledWith('https://login.example/');
    opened.closed = true;
    expect(signIn?.state()).toBe('closed');
  });

  it('says that a window was blocked', () => {
    vi.stubGlobal('open', () => null);
    expect(connectBridge(anAp()).openWindow()).toBeNull();
  });
});
