// What Forge puts into the frame of an app before anything else runs: __bridge, on which npm @forge/bridge stands.
(() => {
  const host = location.ancestorOrigins?.[0] ?? new URL(document.referrer).origin;
  const waiting = new Map();
  const callbacks = [];
  let last = 0;
  let onPlace = () => {};

  // Functions stay here; the host gets their numbers.
  const portable = (value) => {
    if (typeof value === 'function') return { __callback: callbacks.push(value) - 1 };
    if (Array.isArray(value)) return value.map(portable);
    if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, portable(one)]));
  };

  const ask = (name, payload) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    parent.postMessage({ forge: { id: last, name, payload: portable(payload) } }, host);
  });

  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || origin !== host || !data?.forge) return;
    const { id, result, error, callback, args, place } = data.forge;
    if (callback !== undefined) callbacks[callback](...args);
    else if (place !== undefined) onPlace(place);
    else {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error !== undefined) reject?.(new Error(error));
      else resolve?.(result);
    }
  });

  // The theme stands on the root element, where Atlaskit's tokens look for it.
  const enableTheming = async () => {
    const { theme } = await ask('getContext');
    const root = document.documentElement;
    root.dataset.theme = `dark:${theme.dark} light:${theme.light} spacing:${theme.spacing}`;
    root.dataset.colorMode = theme.colorMode;
  };

  const locationOf = (path) => {
    const { pathname, search, hash } = new URL(path, location.origin);
    return { pathname, search, hash, state: undefined, key: String(last) };
  };
  const createHistory = async () => {
    const listening = new Set();
    const history = { action: 'POP', location: locationOf(await ask('place')) };
    const arrive = (path, action) => {
      history.action = action;
      history.location = locationOf(path);
      for (const listener of listening) listener(history.location, action);
    };
    const pathOf = (to) => (typeof to === 'string' ? to : `${to.pathname ?? ''}${to.search ?? ''}${to.hash ?? ''}`);
    const go = (how, action) => (to) => {
      void ask('go', { path: pathOf(to), how });
      arrive(pathOf(to), action);
    };
    onPlace = (path) => arrive(path, 'POP');
    return Object.assign(history, {
      push: go('push', 'PUSH'),
      replace: go('replace', 'REPLACE'),
      go: (by) => void ask('back', by),
      goBack: () => void ask('back', -1),
      goForward: () => void ask('back', 1),
      block: () => () => {},
      createHref: pathOf,
      listen: (listener) => {
        listening.add(listener);
        return () => listening.delete(listener);
      },
    });
  };

  const own = { enableTheming, createHistory };
  globalThis.__bridge = {
    callBridge: (name, payload) => (Object.hasOwn(own, name) ? own[name](payload) : ask(name, payload)),
  };

  // The host gives the frame the height of what is in it.
  addEventListener('DOMContentLoaded', () => {
    const tell = () => void ask('resize', document.body.getBoundingClientRect().height);
    new ResizeObserver(tell).observe(document.body);
  });
})();
