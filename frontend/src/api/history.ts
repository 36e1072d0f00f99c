import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { Kind } from './connections';

const REFRESH_MS = 30_000;

/** The states that a connection has been in, the newest first. */
export function useHistory(kind: Kind, id: string) {
  const api = useApi();
  return useQuery({
    queryKey: [kind, id, 'history'],
    queryFn: async () => {
      const params = { path: { id } };
      const { items } = await answered(
        kind === 'sources'
          ? api.GET('/sources/{id}/history', { params })
          : api.GET('/outbounds/{id}/history', { params }),
      );
      return items;
    },
    refetchInterval: REFRESH_MS,
  });
}
