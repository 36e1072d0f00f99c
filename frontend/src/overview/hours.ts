import type { Hour } from '../api/types';

export const SERIES = ['delivered', 'ignored', 'held', 'dead', 'waiting'] as const;
export type Series = (typeof SERIES)[number];

export function totalOf(hour: Hour): number {
  return SERIES.reduce((sum, series) => sum + hour[series], 0);
}

export interface Segment {
  series: Series;
  /** Share of the chart's height, from the bottom. */
  from: number;
  size: number;
}

/** The parts of one hour's bar, stacked. */
export function segmentsOf(hour: Hour, most: number): Segment[] {
  let from = 0;
  return SERIES.filter((series) => hour[series] > 0).map((series) => {
    const segment = { series, from, size: hour[series] / most };
    from += segment.size;
    return segment;
  });
}
