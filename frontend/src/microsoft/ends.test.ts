import { expect, it } from 'vitest';
import type { ExpiryDate } from '../api/types';
import { marksOf } from './ends';

const NOW = new Date('2026-11-24T12:00:00Z');

function ends(at: string): ExpiryDate {
  const subject = { kind: 'registration', id: at, name: 'Contoso' };
  return { kind: 'secret', subject, at, sentence: '', severity: 'info' };
}

it('stands where it is between today and the end of the calendar', () => {
  const [mark] = marksOf([ends('2027-01-23T12:00:00Z')], NOW);
  expect(mark?.place).toBeCloseTo(0.5);
});

it('is in order, whatever order it came in', () => {
  const marks = marksOf([ends('2027-01-02T00:00:00Z'), ends('2026-12-01T00:00:00Z')], NOW);
  expect(marks.map(({ end }) => end.at)).toEqual(['2026-12-01T00:00:00Z', '2027-01-02T00:00:00Z']);
});

it('keeps what is over in sight, and leaves out what is far away', () => {
  const marks = marksOf([ends('2026-11-01T00:00:00Z'), ends('2028-01-01T00:00:00Z')], NOW);
  expect(marks).toEqual([{ end: ends('2026-11-01T00:00:00Z'), place: 0 }]);
});
