import { expect, it } from 'vitest';
import { endOfDay, isPastDay, startOfDay } from './day';

it('begins a day where the person is', () => {
  expect(new Date(startOfDay('2026-05-02')).getHours()).toBe(0);
});

it('ends a day where the next begins', () => {
  expect(endOfDay('2026-05-31')).toBe(startOfDay('2026-06-01'));
});

it.each([
  ['2026-05-02', true],
  ['2026-05-03', false],
  ['', false],
  ['tomorrow', false],
])('%j is a day that has begun: %s', (day, past) => {
  expect(isPastDay(day, new Date('2026-05-02T12:00:00'))).toBe(past);
});
