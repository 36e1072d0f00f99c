import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { CreateSource } from './types';

const REFRESH_MS = 15_000;
const WATCH_MS = 2_000;

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
    refetchInterval: ({ state }) => (state.data?.moving ? WATCH_MS : REFRESH_MS),
  });
}

/** Makes a source of a sign-in that is there already. */
export function useCreateSource() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateSource) => answered(api.POST('/sources', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sources'] }),
  });
}

/** Counts the folder against the ledger and fetches what is missing. */
export function useReconcile(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answered(api.POST('/sources/{id}/reconcile', { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sources', id] }),
  });
}
