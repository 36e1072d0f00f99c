import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/BridgeContext';
import { useApi } from './ApiContext';
import { answered } from './client';
import { fileOf } from './download';
import type { Download, MailState } from './types';

const REFRESH_MS = 10_000;
const WATCH_MS = 2_000;
const PAGE = 50;

export interface MailFilter {
  state?: MailState | undefined;
  source_id?: string | undefined;
  q?: string | undefined;
}

/** The log, newest first, page behind page. */
export function useMails(filter: MailFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['mails', filter],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/mails', { params: { query: { ...filter, before: pageParam, limit: PAGE } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}

/** The newest mails of one source, watched closely while a person waits for the first. */
export function useArrivals(sourceId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['arrivals', sourceId],
    queryFn: async () =>
      (await answered(api.GET('/mails', { params: { query: { source_id: sourceId, limit: 5 } } })))
        .items,
    refetchInterval: WATCH_MS,
    refetchIntervalInBackground: true,
  });
}

export function useMail(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['mail', id],
    queryFn: () => answered(api.GET('/mails/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? WATCH_MS : false),
  });
}

/** The mail as it came, byte for byte. Asked only when a person wants to see it. */
export function useRawMail(id: string) {
  const api = useApi();
  const { carriesBytes } = useBridge();
  return useMutation({
    mutationFn: async (): Promise<Blob> => {
      const params = { path: { id } };
      const answer = await answered<Blob>(api.GET('/mails/{id}/raw', { params, parseAs: 'blob' }));
      return carriesBytes ? answer : fileOf(JSON.parse(await answer.text()) as Download);
    },
  });
}

export function useRetryMail(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answered(api.POST('/mails/{id}/retry', { params: { path: { id } } })),
    onSuccess: async (mail) => {
      cache.setQueryData(['mail', id], mail);
      await cache.invalidateQueries({ queryKey: ['mails'] });
    },
  });
}
