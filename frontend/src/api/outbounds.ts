import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { ChangeOutbound, CreateOutbound } from './types';

const REFRESH_MS = 15_000;

export function useOutbounds() {
  const api = useApi();
  return useQuery({
    queryKey: ['outbounds'],
    queryFn: async () => (await answered(api.GET('/outbounds'))).items,
    refetchInterval: REFRESH_MS,
  });
}

export function useOutbound(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['outbounds', id],
    queryFn: () => answered(api.GET('/outbounds/{id}', { params: { path: { id } } })),
    refetchInterval: REFRESH_MS,
  });
}

export function useSendTest(id: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (recipient: string) =>
      answered(
        api.POST('/outbounds/{id}/test', { params: { path: { id } }, body: { to: recipient } }),
      ),
  });
}

export function useChangeOutbound(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangeOutbound) =>
      answered(api.PATCH('/outbounds/{id}', { params: { path: { id } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['outbounds'] }),
  });
}

/** Makes an outbound of a sign-in that is there already. */
export function useCreateOutbound() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateOutbound) => answered(api.POST('/outbounds', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['outbounds'] }),
  });
}
