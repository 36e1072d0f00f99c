import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { Notification } from './types';

const REFRESH_MS = 15_000;
const PAGE = 50;

export function useNotifications(state: Notification['state'] | undefined) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['notifications', state],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/notifications', { params: { query: { state, before: pageParam, limit: PAGE } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}
