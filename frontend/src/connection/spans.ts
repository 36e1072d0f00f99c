import type { StateSpan, Tone } from '../api/types';

/** How far the picture looks back. */
export const DAYS = 30;
const WINDOW_MS = DAYS * 86_400_000;

/** A state's part of the picture, as shares of its width. */
export interface Band {
  key: string;
  tone: Tone;
  from: number;
  size: number;
}

/** The states of the last days, cut to what the picture shows. */
export function bandsOf(spans: StateSpan[], now: Date): Band[] {
  const start = now.getTime() - WINDOW_MS;
  return spans.flatMap(({ since, until, tone }) => {
    const begin = Math.max(start, new Date(since).getTime());
    const end = until ? new Date(until).getTime() : now.getTime();
    if (end <= start || end < begin) return [];
    const from = (begin - start) / WINDOW_MS;
    return [{ key: since, tone, from, size: (end - begin) / WINDOW_MS }];
  });
}

/** How much of the time that is known a connection was well, in whole percent. */
export function wellPercent(bands: Band[]): number {
  const known = bands.reduce((sum, { size }) => sum + size, 0);
  const well = bands.reduce((sum, { tone, size }) => sum + (tone === 'success' ? size : 0), 0);
  return known === 0 ? 100 : Math.floor((well / known) * 100);
}
