import { expect, it } from 'vitest';
import { safeHref } from './safeHref';

it.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['HTTP://EXAMPLE.org', 'http://example.org/'],
  ['mailto:carl@customer.example', 'mailto:carl@customer.example'],
])('%s may be followed', (href, expected) => {
  expect(safeHref(href)).toBe(expected);
});

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '/relative',
  '',
])('%j may not', (href) => {
  expect(safeHref(href)).toBeUndefined();
});
