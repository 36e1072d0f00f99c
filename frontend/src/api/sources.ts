import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

const REFRESH_MS = 15_000;

export function useSources() {
  const api = useApi();
  return useQuery({
    queryKey: ['sources'],
    queryFn: async () => (await answered(api.GET('/sources'))).items,
    refetchInterval: REFRESH_MS,
  });
}

export function useSource(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['sources', id],
    queryFn: () => answered(api.GET('/sources/{id}', { params: { path: { id } } })),
    refetchInterval: REFRESH_MS,
  });
}
