import { describe, expect, it, vi } from 'vitest';
import { type ConnectApi, connectBridge, type ThemeEvent } from './connect';

function anAp(change: Partial<ConnectApi> = {}): ConnectApi {
  let tokens = 0;
  return { context: { getToken: (callback) => callback(`t${++tokens}`) }, ...change };
}

describe('the bridge of Connect', () => {
  it('asks Jira for a token each time', async () => {
    const bridge = connectBridge(anAp());
    expect(await bridge.getAuthorization()).toBe('JWT t1');
    expect(await bridge.getAuthorization()).toBe('JWT t2');
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
