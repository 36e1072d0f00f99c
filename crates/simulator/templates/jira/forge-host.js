// Forge's side of the bridge: what npm @forge/bridge asks of the page around the app's frame.
(() => {
  const container = document.getElementById('panel');
  const { title, src, context, navigation } = JSON.parse(document.getElementById('extension').textContent);
  const origin = new URL(src).origin;
  const here = location.pathname.replace(/\/$/, '');

  const frame = document.createElement('iframe');
  frame.title = title;
  frame.className = 'forge-iframe';
  frame.sandbox = 'allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals'
    + ' allow-pointer-lock allow-same-origin allow-scripts';
  frame.allow = 'clipboard-read; clipboard-write; fullscreen';

  const send = (message) => frame.contentWindow.postMessage({ forge: message }, origin);
  const call = (callback, ...args) => send({ callback: callback.__callback, args });

  const json = async (path, options) => {
    const answer = await fetch(path, { credentials: 'same-origin', ...options });
    if (answer.ok) return answer.json();
    const text = await answer.text();
    throw new Error(`Jira answered ${answer.status}: ${text}`);
  };

  const routes = {
    issue: ({ issueKey }) => `/browse/${issueKey}`,
    module: ({ moduleKey }) => `/forge/${moduleKey}`,
    projectSettingsDetails: ({ projectKey }) => `/projects/${projectKey}`,
    dashboard: () => '/',
    userProfile: () => '/',
  };
  const addressOf = (to) => {
    if (to.url !== undefined) return new URL(to.url, location.origin);
    if (!routes[to.target]) throw new Error(`There is no target ${to.target}.`);
    return new URL(routes[to.target](to), location.origin);
  };
  // A place that the manifest does not name is gone to only when the person says so.
  const isKnown = (url) => url.origin === location.origin || navigation.some((one) => url.href.startsWith(one));

  const flags = new Map();
  const closeFlag = ({ id }) => {
    flags.get(id)?.remove();
    return flags.delete(id);
  };
  const showFlag = ({ id, title: heading, description, type, isAutoDismiss }) => {
    closeFlag({ id });
    const element = document.createElement('div');
    element.className = `flag flag-${type}`;
    element.setAttribute('role', 'status');
    const strong = document.createElement('strong');
    strong.textContent = heading ?? '';
    const text = document.createElement('div');
    text.textContent = description ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Dismiss';
    button.addEventListener('click', () => closeFlag({ id }));
    element.append(strong, text, button);
    document.getElementById('flags').append(element);
    flags.set(id, element);
    if (isAutoDismiss) setTimeout(() => closeFlag({ id }), 8000);
    return true;
  };

  const listeners = new Map();
  const on = ({ event, callback }) => {
    listeners.set(event, [...(listeners.get(event) ?? []), callback]);
    return true;
  };
  const emit = ({ event, payload }) => {
    for (const callback of listeners.get(event) ?? []) call(callback, payload);
    return true;
  };

  // The frame's own address, kept in the page's: it lives through a reload.
  const placeOf = () => decodeURIComponent(location.hash.replace(/^#!?/, '')) || '/';
  const goTo = (path, how) => history[how](null, '', `#!${encodeURI(path)}`);

  const handlers = {
    getContext: () => context,
    // requestRemote: the page's own headers go out beside the invocation token.
    fetchRemote: async ({ fetchRequestInit: { path, method, headers, body } }) => {
      const call = { invokeType: 'fetch-remote', path, method, headers: Object.fromEntries(headers), body };
      const { payload, error } = await json(`${here}/invoke${location.search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(call),
      });
      const { status = 502, headers: answered = {}, body: text } = payload ?? error;
      return { status, statusText: '', headers: answered, body: text === undefined ? null : JSON.stringify(text) };
    },
    invoke: (payload) => {
      if (payload.invokeType !== 'ui-remote-fetch') throw new Error('The app has no functions, only a remote.');
      return json(`${here}/invoke${location.search}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(payload),
      });
    },
    navigate: (to) => {
      const url = addressOf(to);
      if (!/^(https?|mailto):$/.test(url.protocol)) throw new Error(`Jira opens no ${url.protocol} address.`);
      if (!isKnown(url) && !confirm(`This leads out of Jira, to ${url.host}. Go there?`)) {
        throw new Error('The person stayed.');
      }
      if (to.type === 'new-tab') window.open(url, '_blank', 'noopener');
      else location.assign(url);
    },
    getUrl: (to) => addressOf(to).href,
    reload: () => location.reload(),
    refresh: () => location.reload(),
    showFlag,
    closeFlag,
    on,
    emit,
    onPublic: on,
    emitPublic: emit,
    emitReadyEvent: () => true,
    changeWindowTitle: (text) => { document.title = text; },
    openModal: () => false,
    close: () => false,
    onClose: () => false,
    open: () => false,
    submit: () => false,
    // requestJira: a call to Jira's REST API as the current user.
    fetchProduct: async ({ product, restPath, fetchRequestInit: init }) => {
      if (product !== 'jira') throw new Error(`There is no ${product} here.`);
      const answer = await fetch(new URL(restPath, location.origin), {
        method: init?.method ?? 'GET',
        headers: init?.headers,
        body: init?.method && init.method !== 'GET' ? init.body : undefined,
        credentials: 'same-origin',
      });
      const headers = Object.fromEntries(answer.headers.entries());
      return { body: await answer.text(), headers, status: answer.status, statusText: answer.statusText };
    },
    // Of this bridge alone.
    place: () => placeOf(),
    go: ({ path, how }) => goTo(path, how === 'replace' ? 'replaceState' : 'pushState'),
    back: (by) => history.go(by),
    resize: (height) => { frame.style.height = `${Math.max(240, Math.ceil(height))}px`; },
  };

  addEventListener('message', async ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin || !data?.forge) return;
    const { id, name, payload } = data.forge;
    try {
      if (!Object.hasOwn(handlers, name)) throw new Error(`The bridge has no ${name} here.`);
      const result = await handlers[name](payload);
      send({ id, result });
    } catch (error) {
      send({ id, error: error.message });
    }
  });
  addEventListener('popstate', () => send({ place: placeOf() }));

  frame.src = src;
  container.append(frame);
})();
