import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

const REFRESH_MS = 20_000;

/** What went wrong with connections, the newest first: what goes on, or everything. */
export function useIncidents(open: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['incidents', { open }],
    queryFn: async () => {
      const query = open ? { open } : {};
      return (await answered(api.GET('/incidents', { params: { query } }))).items;
    },
    refetchInterval: REFRESH_MS,
  });
}
