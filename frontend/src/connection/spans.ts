import type { StateSpan, Tone } from '../api/types';

const DAY_MS = 86_400_000;
/** How far the picture looks back at most. */
const DAYS = 30;
/** A picture of minutes would be all trouble. */
const AT_LEAST_MS = 3_600_000;

/** A state's part of the picture, as shares of its width. */
export interface Band {
  key: string;
  tone: Tone;
  from: number;
  size: number;
}

/** When the picture begins: where what is known begins, and not longer ago than it looks back. */
export function beginningOf(spans: StateSpan[], now: Date): Date {
  const known = Math.min(...spans.map(({ since }) => new Date(since).getTime()));
  const earliest = now.getTime() - DAYS * DAY_MS;
  return new Date(Math.min(Math.max(known, earliest), now.getTime() - AT_LEAST_MS));
}

/** The states since the picture's beginning, cut to what it shows. */
export function bandsOf(spans: StateSpan[], now: Date): Band[] {
  const start = beginningOf(spans, now).getTime();
  const width = now.getTime() - start;
  return spans.flatMap(({ since, until, tone }) => {
    const begin = Math.max(start, new Date(since).getTime());
    const end = until ? new Date(until).getTime() : now.getTime();
    if (end <= start || end < begin) return [];
    return [{ key: since, tone, from: (begin - start) / width, size: (end - begin) / width }];
  });
}

/** How much of the time that is known a connection was well, in whole percent. */
export function wellPercent(bands: Band[]): number {
  const known = bands.reduce((sum, { size }) => sum + size, 0);
  const well = bands.reduce((sum, { tone, size }) => sum + (tone === 'success' ? size : 0), 0);
  return known === 0 ? 100 : Math.floor((well / known) * 100);
}
