// Jira's side of the bridge: the modules that Jira itself defines, and the iframe of the app's page.
(() => {
  const connectHost = window.connectHost;
  const container = document.getElementById('panel');
  if (!connectHost || !container) return;
  const here = location.pathname.replace(/\/$/, '');
  const extension = JSON.parse(document.getElementById('extension').textContent);
  const user = extension.options.user;

  const promised = (run) => { run.returnsPromise = true; return run; };
  const asked = async (path, options) => {
    const answer = await fetch(path, { credentials: 'same-origin', ...options });
    if (!answer.ok) throw new Error(`Jira answered ${answer.status}.`);
    return answer.json();
  };

  connectHost.defineModule('context', {
    getToken: promised(async function getToken(callback) {
      return (await asked(`${here}/token${location.search}`, { method: 'POST' })).token;
    }),
    getContext: promised(async function getContext(callback) {
      return { jira: extension.options.place, license: { active: true } };
    }),
  });

  connectHost.defineModule('user', {
    getCurrentUser: promised(async function getCurrentUser(callback) {
      return { atlassianAccountId: user.accountId };
    }),
    getLocale: promised(async function getLocale(callback) { return 'en_US'; }),
    getTimeZone: promised(async function getTimeZone(callback) { return user.timeZone; }),
  });

  connectHost.defineModule('navigator', {
    getLocation: promised(async function getLocation(callback) {
      return { target: 'addonmodule', context: { addonKey: extension.addon_key, moduleKey: extension.key } };
    }),
    go: promised(async function go(target, context, callback) {
      const routes = {
        issue: () => `/browse/${context.issueKey}`,
        addonModule: () => `/plugins/${context.addonKey || extension.addon_key}/${context.moduleKey}`,
        addonmodule: () => `/plugins/${context.addonKey || extension.addon_key}/${context.moduleKey}`,
        site: () => context.relativeUrl,
        dashboard: () => '/',
      };
      if (!routes[target]) throw new Error(`There is no target ${target}.`);
      location.assign(routes[target]());
    }),
    reload: promised(async function reload(callback) { location.reload(); }),
  });

  const cookieKey = (name) => `${extension.addon_key}$$${name}`;
  connectHost.defineModule('cookie', {
    save: promised(async function save(name, value, expires, callback) { localStorage.setItem(cookieKey(name), value); }),
    read: promised(async function read(name, callback) { return localStorage.getItem(cookieKey(name)) ?? undefined; }),
    erase: promised(async function erase(name, callback) { localStorage.removeItem(cookieKey(name)); }),
  });

  connectHost.defineModule('jira', {
    refreshIssuePage: promised(async function refreshIssuePage(callback) { location.reload(); }),
  });

  // AP.request: a call to Jira's REST API as the current user.
  connectHost.defineModule({
    request: promised(async function request(what, options, callback) {
      const wanted = typeof what === 'string' ? { ...options, url: what } : what;
      const answer = await fetch(new URL(wanted.url, location.origin), {
        method: wanted.type || 'GET',
        credentials: 'same-origin',
        headers: { Accept: 'application/json', ...(wanted.contentType ? { 'Content-Type': wanted.contentType } : {}), ...wanted.headers },
        body: wanted.data,
      });
      const body = await answer.text();
      const xhr = { status: answer.status, statusText: answer.statusText, responseText: body };
      if (!answer.ok) throw { xhr, err: body };
      return { body, xhr };
    }),
  });

  // A token in the iframe's URL that is about to end is replaced before the iframe is made.
  connectHost.registerContentResolver.resolveByExtension(() => {
    const waiting = asked(`${here}/frame${location.search}`);
    return {
      done(act) { waiting.then(act, () => {}); return this; },
      fail(act) { waiting.catch((error) => act({}, { text: error.message })); return this; },
    };
  });

  container.append(connectHost.create(extension)[0]);
  const frame = container.querySelector('iframe');
  if (frame) frame.title = extension.options.name;
})();
