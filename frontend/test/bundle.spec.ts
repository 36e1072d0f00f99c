import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Libraries' last resorts where there is neither `globalThis` nor `self`: no browser gets there. */
const LAST_RESORTS = /Function\([`'"](return this|r[`'"],[`'"]regeneratorRuntime = r)[`'"]\)\(/g;

/** What stands in the hosts' pages: the bundle as it is built, without writing it. */
describe('the bundle', () => {
  let html = '';
  let chunks: Rolldown.OutputChunk[] = [];

  beforeAll(async () => {
    const built = await build({ root, logLevel: 'error', build: { write: false } });
    const [bundle] = Array.isArray(built) ? built : [built];
    if (!bundle || !('output' in bundle)) throw new Error('nothing was built');
    const page = bundle.output.find(({ fileName }) => fileName === 'index.html');
    html = page?.type === 'asset' ? String(page.source) : '';
    chunks = bundle.output.filter((file) => file.type === 'chunk');
  });

  it('loads from whatever folder it stands in', () => {
    const addresses = [...html.matchAll(/ (?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => !address?.startsWith('./assets/'))).toEqual([]);
  });

  it('has no script in its page, which the hosts would not run', () => {
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html).not.toMatch(/ on[a-z]+=/);
  });

  it('never makes code of text', () => {
    const bad = chunks.filter(({ code }) =>
      /\beval\(|\bFunction\(\s*["'`]/.test(code.replaceAll(LAST_RESORTS, '')),
    );
    expect(bad.map(({ fileName }) => fileName)).toEqual([]);
  });

  it('brings the bridge of Forge to pages of Forge alone', () => {
    const of = (part: string) =>
      chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.includes(part)));
    const [entry] = chunks.filter(({ isEntry }) => isEntry);
    const [forge, ...others] = of('@forge/bridge');
    expect(others).toEqual([]);
    expect(forge?.isDynamicEntry).toBe(true);
    expect(entry?.imports).not.toContain(forge?.fileName);
    expect(entry?.dynamicImports).toContain(forge?.fileName);
    expect(html).not.toContain(forge?.fileName);
  });
});
