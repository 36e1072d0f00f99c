import { describe, expect, it } from 'vitest';
import { parseHash, to } from './location';

describe('an address', () => {
  it('is read back as it was made', () => {
    const link = to('mail', { q: 'cats & dogs #1', state: 'dead' });
    const { path, query } = parseHash(link);
    expect(path).toEqual(['mail']);
    expect(query.get('q')).toBe('cats & dogs #1');
    expect(query.get('state')).toBe('dead');
  });

  it('leaves out filters that are not set', () => {
    expect(to('mail', { q: '', state: undefined, source_id: null })).toBe('#/mail');
  });

  it.each(['', '#', '#/'])('is the overview when it is %j', (hash) => {
    expect(parseHash(hash).path).toEqual([]);
  });

  it('survives a wrong escape', () => {
    expect(parseHash('#/mail/%E0%A4%A').path).toEqual(['mail', '%E0%A4%A']);
  });
});
