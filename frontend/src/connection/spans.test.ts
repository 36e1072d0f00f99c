import { expect, it } from 'vitest';
import type { StateSpan, Tone } from '../api/types';
import { bandsOf, wellPercent } from './spans';

const now = new Date('2026-05-31T00:00:00Z');

function span(tone: Tone, since: string, until: string | null): StateSpan {
  return { state: 'active', lozenge: 'Active', tone, sentence: '', since, until };
}

it('shows the last thirty days and no more', () => {
  const bands = bandsOf(
    [
      span('removed', '2026-05-16T00:00:00Z', null),
      span('success', '2026-03-01T00:00:00Z', '2026-05-16T00:00:00Z'),
      span('removed', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'),
    ],
    now,
  );
  expect(bands).toMatchObject([
    { tone: 'removed', from: 0.5, size: 0.5 },
    { tone: 'success', from: 0, size: 0.5 },
  ]);
  expect(wellPercent(bands)).toBe(50);
});

it('never rounds a short trouble away', () => {
  const bands = bandsOf(
    [
      span('success', '2026-05-30T23:59:00Z', null),
      span('moved', '2026-05-30T23:00:00Z', '2026-05-30T23:59:00Z'),
      span('success', '2026-04-01T00:00:00Z', '2026-05-30T23:00:00Z'),
    ],
    now,
  );
  expect(wellPercent(bands)).toBe(99);
});

it('begins with the connection where that is younger', () => {
  const bands = bandsOf(
    [
      span('removed', '2026-05-30T18:00:00Z', null),
      span('success', '2026-05-30T12:00:00Z', '2026-05-30T18:00:00Z'),
    ],
    now,
  );
  expect(bands).toMatchObject([
    { from: 0.5, size: 0.5 },
    { from: 0, size: 0.5 },
  ]);
});
