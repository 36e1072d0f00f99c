import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { endOfDay, startOfDay } from '../ui/day';
import { useApi } from './ApiContext';
import { answered } from './client';
import { fileOf } from './download';

const PAGE = 50;

export interface AuditFilter {
  action?: string | undefined;
  subject_id?: string | undefined;
}

/** The trail, newest first, page behind page. */
export function useAudit(filter: AuditFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/audit', { params: { query: { ...filter, before: pageParam, limit: PAGE } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** The last change of one kind to one thing; nothing is asked while `subject_id` is not known. */
export function useLastChange(action: string, subject_id: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', 'last', action, subject_id],
    queryFn: async () => {
      const query = { action, subject_id: subject_id ?? '', limit: 1 };
      return (await answered(api.GET('/audit', { params: { query } }))).items[0] ?? null;
    },
    enabled: subject_id !== null,
  });
}

export type ExportFormat = 'csv' | 'json';

interface Export {
  format: ExportFormat;
  /** Days as a date input gives them; empty: without that end. */
  first: string;
  last: string;
}

/** The trail as a file, from one day to another. */
export function useAuditExport() {
  const api = useApi();
  return useMutation({
    mutationFn: async ({ format, first, last }: Export) => {
      const from = first ? startOfDay(first) : undefined;
      const to = last ? endOfDay(last) : undefined;
      return fileOf(
        await answered(api.GET('/audit/export', { params: { query: { format, from, to } } })),
      );
    },
  });
}
