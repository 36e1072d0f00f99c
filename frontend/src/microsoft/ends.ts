import type { ExpiryDate } from '../api/types';

/** How far the calendar looks. */
export const DAYS = 120;
const DAY = 24 * 60 * 60 * 1000;

export interface Mark {
  end: ExpiryDate;
  /** Where between today (0) and the end of the calendar (1). */
  place: number;
}

/** What the calendar shows, the next first; what is over stands at today. */
export function marksOf(ends: ExpiryDate[], now: Date): Mark[] {
  return ends
    .map((end) => ({ end, place: (Date.parse(end.at) - now.getTime()) / (DAYS * DAY) }))
    .filter(({ place }) => place <= 1)
    .map(({ end, place }) => ({ end, place: Math.max(0, place) }))
    .sort((one, other) => one.place - other.place);
}
