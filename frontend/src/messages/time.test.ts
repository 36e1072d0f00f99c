import { expect, it } from 'vitest';
import { fileSize } from './size';
import { ago } from './time';

const now = new Date('2026-05-02T12:00:00Z');

it.each([
  ['2026-05-02T11:59:58Z', 'just now'],
  ['2026-05-02T11:59:40Z', '20 sec. ago'],
  ['2026-05-02T12:00:40Z', 'in 40 sec.'],
  ['2026-05-02T11:57:00Z', '3 min. ago'],
  ['2026-05-02T07:00:00Z', '5 hr. ago'],
  ['2026-04-30T12:00:00Z', '2 days ago'],
  ['2026-03-13T12:00:00Z', 'Mar 13, 2026'],
])('%s is %s', (at, words) => {
  expect(ago(new Date(at), now)).toBe(words);
});

it.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1_200, '1.2 kB'],
  [48_213, '48 kB'],
  [10_500_000, '11 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});
