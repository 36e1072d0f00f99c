import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../test/fake/routes';
import { answered, createApi } from '../api/client';
import { findBridge } from './findBridge';

type Payload = Record<string, unknown>;

/** What the host does when the real `@forge/bridge` calls it. */
const host = {
  calls: [] as { name: string; payload: Payload }[],
  answers: {} as Record<string, (payload: Payload) => unknown>,
};

beforeEach(() => {
  host.calls = [];
  host.answers = {};
  globalThis.__bridge = {
    async callBridge(name: string, payload: Payload) {
      host.calls.push({ name, payload });
      return host.answers[name]?.(payload);
    },
  };
});

afterEach(() => {
  globalThis.__bridge = undefined;
  delete document.documentElement.dataset.colorMode;
});

async function theBridge() {
  const bridge = await findBridge();
  if (!bridge) throw new Error('no bridge');
  return bridge;
}

async function theApi() {
  return createApi('https://panel.example/api/v1', await theBridge());
}

const remote = (status: number, body?: unknown) => () => ({
  success: status < 300,
  [status < 300 ? 'payload' : 'error']: { status, body, headers: { 'x-any': ['a', 'b'] } },
});

describe('the bridge of Forge', () => {
  it('is taken where Forge is and Connect is not', async () => {
    expect((await findBridge())?.door).toBe('forge');
    window.AP = { context: { getToken: () => undefined } };
    expect((await findBridge())?.door).toBe('connect');
    delete window.AP;
    globalThis.__bridge = undefined;
    expect(await findBridge()).toBeNull();
  });

  it('sends calls by the host, as JSON, and gives what the remote answered', async () => {
    host.answers.invoke = remote(200, { items: [{ id: 'x' }] });
    const api = await theApi();
    const mails = await answered(api.GET('/mails', { params: { query: { q: 'a b&c' } } }));
    expect(mails.items[0]?.id).toBe('x');
    expect(host.calls.at(-1)).toEqual({
      name: 'invoke',
      payload: {
        invokeType: 'ui-remote-fetch',
        path: '/api/v1/mails?q=a%20b%26c',
        method: 'GET',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
      },
    });
  });

  it('sends a body as what it is', async () => {
    host.answers.invoke = remote(201, { id: 's', url: 'https://postroom.example/in' });
    const api = await theApi();
    await answered(api.POST('/sign-ins', { body: { purpose: 'both' } }));
    expect(host.calls.at(-1)?.payload).toMatchObject({
      method: 'POST',
      path: '/api/v1/sign-ins',
      body: { purpose: 'both' },
    });
  });

  it('knows an answer without a body', async () => {
    host.answers.invoke = remote(204);
    const api = await theApi();
    const params = { path: { id: 'x' } };
    expect(await answered(api.DELETE('/sources/{id}', { params }))).toBeUndefined();
  });

  it('reads a body that came as text', async () => {
    host.answers.invoke = remote(200, '{"account_id":"alice"}');
    expect(await answered((await theApi()).GET('/me'))).toEqual({ account_id: 'alice' });
  });

  it('keeps the words of a refusal', async () => {
    const { status, body } = failure(403, 'not_an_administrator', 'You are not one.');
    host.answers.invoke = remote(status, body);
    await expect(answered((await theApi()).GET('/overview'))).rejects.toMatchObject({
      code: 'not_an_administrator',
      message: 'You are not one.',
      reference: 'req-4711',
    });
  });

  it('tells a host that reached nobody from an answer', async () => {
    host.answers.invoke = () => ({ success: false, error: { message: 'timed out' } });
    const failed = answered((await theApi()).GET('/overview'));
    await expect(failed).rejects.toMatchObject({ code: 'network' });
  });

  it('lets the host open the sign-in, without a handle', async () => {
    const opened = (await theBridge()).openWindow();
    expect(host.calls.some(({ name }) => name === 'navigate')).toBe(false);
    opened?.goTo('https://postroom.example/in');
    expect(host.calls.at(-1)).toEqual({
      name: 'navigate',
      payload: { url: 'https://postroom.example/in', type: 'new-tab' },
    });
    expect(opened?.state()).toBe('unknown');
  });

  it('knows that a person did not let the host open it', async () => {
    host.answers.navigate = () => {
      throw new Error('declined');
    };
    const opened = (await theBridge()).openWindow();
    opened?.goTo('https://postroom.example/in');
    await vi.waitFor(() => expect(opened?.state()).toBe('closed'));
  });

  it('hands links out of the panel to the host, and no other links', async () => {
    await theBridge();
    document.body.innerHTML =
      '<a href="https://acme.example/browse/SUP-7" target="_blank"><b>SUP-7</b></a><a href="#/mail">m</a>';
    host.calls = [];
    document.querySelector<HTMLElement>('b')?.click();
    document.querySelector<HTMLElement>('a[href^="#"]')?.click();
    const payload = { url: 'https://acme.example/browse/SUP-7', type: 'new-tab' };
    expect(new Set(host.calls.map((call) => JSON.stringify(call)))).toEqual(
      new Set([JSON.stringify({ name: 'navigate', payload })]),
    );
    document.body.innerHTML = '';
  });

  it('follows the theme of the host', async () => {
    host.answers.getContext = () => ({ theme: { colorMode: 'dark' }, extension: {} });
    const listener = vi.fn();
    (await theBridge()).followTheme(listener);
    expect(listener).toHaveBeenLastCalledWith('dark');
    expect(host.calls.at(-1)?.name).toBe('enableTheming');
    document.documentElement.dataset.colorMode = 'light';
    await vi.waitFor(() => expect(listener).toHaveBeenLastCalledWith('light'));
  });

  it('knows the project whose settings it was opened in', async () => {
    host.answers.getContext = () => ({ extension: { project: { id: '10000', key: 'SUP' } } });
    expect((await theBridge()).project).toBe('10000');
  });

  it('does without a context', async () => {
    host.answers.getContext = () => {
      throw new Error('no');
    };
    const bridge = await theBridge();
    const listener = vi.fn();
    bridge.followTheme(listener);
    expect(bridge.project).toBeNull();
    expect(listener).toHaveBeenCalledWith('auto');
  });
});
