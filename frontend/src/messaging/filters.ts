import type { Outbound, Source } from '../api/types';

/** What a table of connections can be narrowed to. */
export const FILTERS = ['attention', 'graph', 'ews'] as const;
export type Filter = (typeof FILTERS)[number];

export function filterOf(query: URLSearchParams): Filter | null {
  return FILTERS.find((filter) => filter === query.get('show')) ?? null;
}

export function fits({ state, protocol }: Source | Outbound, filter: Filter | null): boolean {
  if (filter === null) return true;
  return filter === 'attention' ? state.tone === 'removed' : protocol === filter;
}
