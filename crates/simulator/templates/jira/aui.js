// What Atlassian's bridge expects of Jira's own page: a small part of jQuery as AJS.$, AJS.escapeHtml and AJS.flag.
(() => {
  const data = new WeakMap();

  const elements = (what, within) => {
    if (!what) return [];
    if (what instanceof Query) return what.list;
    if (typeof what !== 'string') return 'nodeType' in what || what === window ? [what] : [...what];
    if (!what.trim().startsWith('<')) return [...(within || document).querySelectorAll(what)];
    const template = document.createElement('template');
    template.innerHTML = what.trim();
    return [...template.content.children];
  };

  class Query {
    constructor(what, within) {
      this.list = elements(what, within instanceof Query ? within.list[0] : within);
      this.list.forEach((element, at) => { this[at] = element; });
      this.length = this.list.length;
    }
    each(act) { this.list.forEach((element, at) => act.call(element, at, element)); return this; }
    change(act) { this.list.forEach(act); return this; }
    find(selector) { return new Query(this.list.flatMap((one) => [...one.querySelectorAll(selector)])); }
    filter(selector) { return new Query(this.list.filter((one) => one.matches(selector))); }
    is(selector) { return this.list.some((one) => one.matches(selector)); }
    closest(selector) { return new Query(this.list.map((one) => one.closest(selector)).filter(Boolean)); }
    parents(selector) {
      const up = this.list.map((one) => one.parentElement && one.parentElement.closest(selector || '*'));
      return new Query(up.filter(Boolean));
    }
    attr(name, value) {
      if (typeof name === 'string' && value === undefined) return this[0] ? this[0].getAttribute(name) ?? undefined : undefined;
      const all = typeof name === 'string' ? { [name]: value } : name;
      return this.change((one) => Object.entries(all).forEach(([key, to]) => one.setAttribute(key, to)));
    }
    removeAttr(name) { return this.change((one) => one.removeAttribute(name)); }
    addClass(names) { return this.change((one) => one.classList.add(...names.split(' ').filter(Boolean))); }
    removeClass(names) { return this.change((one) => one.classList.remove(...names.split(' ').filter(Boolean))); }
    toggleClass(name, on) { return this.change((one) => one.classList.toggle(name, on)); }
    hasClass(name) { return this.list.some((one) => one.classList.contains(name)); }
    css(name, value) {
      if (typeof name === 'string' && value === undefined) return this[0] ? getComputedStyle(this[0])[name] : undefined;
      const all = typeof name === 'string' ? { [name]: value } : name;
      return this.change((one) => Object.entries(all).forEach(([key, to]) => { one.style[key] = to ?? ''; }));
    }
    width() { return this[0] === window ? innerWidth : this[0]?.clientWidth; }
    height() { return this[0] === window ? innerHeight : this[0]?.clientHeight; }
    text(value) { return value === undefined ? this.list.map((one) => one.textContent).join('') : this.change((one) => { one.textContent = value; }); }
    html(value) { return value === undefined ? this[0]?.innerHTML : this.change((one) => { one.innerHTML = value ?? ''; }); }
    empty() { return this.change((one) => one.replaceChildren()); }
    remove() { return this.change((one) => one.remove()); }
    append(...what) { if (this[0]) this[0].append(...what.flatMap((one) => elements(one))); return this; }
    prepend(...what) { if (this[0]) this[0].prepend(...what.flatMap((one) => elements(one))); return this; }
    appendTo(target) { new Query(target).append(this); return this; }
    show() { return this.css('display', ''); }
    hide() { return this.css('display', 'none'); }
    data(name, value) {
      if (typeof name === 'string' && value === undefined) return data.get(this[0])?.[name];
      const all = typeof name === 'string' ? { [name]: value } : name;
      return this.change((one) => data.set(one, { ...data.get(one), ...all }));
    }
    on(names, selector, act) {
      const run = typeof selector === 'function' ? selector : (event) => event.target.closest?.(selector) && act(event);
      return this.change((one) => names.split(' ').forEach((name) => one.addEventListener(name.split('.')[0], run)));
    }
    bind(names, act) { return this.on(names, act); }
    off() { return this; }
    click(act) { return this.on('click', act); }
    load(act) { return this.on('load', act); }
    trigger(name, detail) { return this.change((one) => one.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))); }
  }

  const $ = (what, within) => {
    if (typeof what !== 'function') return new Query(what, within);
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => what());
    else what();
    return undefined;
  };
  $.extend = Object.assign;
  $.type = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  $.each = (all, act) => { Object.entries(all).forEach(([key, value]) => act(key, value)); return all; };

  const escapeHtml = (text) => String(text ?? '').replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  const flag = ({ type, title, body, close }) => {
    const element = document.createElement('div');
    element.className = `flag flag-${type || 'info'}`;
    element.setAttribute('role', 'status');
    const heading = document.createElement('strong');
    heading.textContent = title || '';
    const content = document.createElement('div');
    content.innerHTML = body || '';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Dismiss';
    element.append(heading, content, button);
    element.close = () => {
      element.dispatchEvent(new CustomEvent('aui-flag-close', { bubbles: true }));
      element.remove();
    };
    button.addEventListener('click', element.close);
    if (close === 'auto') setTimeout(element.close, 5000);
    document.getElementById('flags').append(element);
    return element;
  };

  window.AJS = { $, escapeHtml, flag, Meta: { get: () => undefined } };
})();
