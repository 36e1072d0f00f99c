import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AdfDocument } from './AdfDocument';

function html(...content: unknown[]): string {
  const { container } = render(<AdfDocument document={{ type: 'doc', version: 1, content }} />);
  return container.firstElementChild?.innerHTML ?? '';
}

const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks });

describe('an ADF document', () => {
  it('nests marks in their order', () => {
    const link = { type: 'link', attrs: { href: 'https://example.org/' } };
    const shown = html({ type: 'paragraph', content: [text('a', link, { type: 'strong' })] });
    expect(shown).toBe(
      '<p><a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow">' +
        '<strong>a</strong></a></p>',
    );
  });

  it('starts an ordered list where it starts', () => {
    const item = {
      type: 'listItem',
      content: [{ type: 'paragraph', content: [text('three')] }],
    };
    expect(html({ type: 'orderedList', attrs: { order: 3 }, content: [item] })).toBe(
      '<ol start="3"><li><p>three</p></li></ol>',
    );
  });

  it('shows no picture, only its name', () => {
    const media = { type: 'media', attrs: { type: 'external', url: 'https://spy.example/1.gif' } };
    const shown = html({ type: 'mediaSingle', content: [media] });
    expect(shown).not.toContain('<img');
    expect(shown).toContain('https://spy.example/1.gif');
  });

  it('keeps the words of a node that it does not know', () => {
    const shown = html({
      type: 'layoutSection',
      content: [{ type: 'paragraph', content: [text('kept')] }],
    });
    expect(shown).toContain('<p>kept</p>');
    expect(html({ type: 'holodeck' })).toBe('[holodeck]');
  });

  it('never takes markup out of text', () => {
    const shown = html({ type: 'paragraph', content: [text('<img src=x onerror=alert(1)>')] });
    expect(shown).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>');
  });

  it.each([null, 7, 'doc', [], { content: [1, null, {}] }])('does not fail on %j', (document) => {
    expect(() => render(<AdfDocument document={document} />)).not.toThrow();
  });
});
