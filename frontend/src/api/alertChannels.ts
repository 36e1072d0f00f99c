import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { AddAlertChannel, ChangeAlertChannel } from './types';

export function useAlertChannels() {
  const api = useApi();
  return useQuery({
    queryKey: ['alert-channels'],
    queryFn: async () => (await answered(api.GET('/alert-channels'))).items,
  });
}

function useRefresh() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['alert-channels'] });
}

export function useAddAlertChannel() {
  const api = useApi();
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: AddAlertChannel) => answered(api.POST('/alert-channels', { body })),
    onSuccess,
  });
}

export function useChangeAlertChannel() {
  const api = useApi();
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: ChangeAlertChannel }) =>
      answered(api.PATCH('/alert-channels/{id}', { params: { path: { id } }, body })),
    onSuccess,
  });
}

/** Sends a test alert; whether it went out is told on the channel afterwards. */
export function useTestAlertChannel(id: string) {
  const api = useApi();
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: async () =>
      void (await answered(api.POST('/alert-channels/{id}/test', { params: { path: { id } } }))),
    onSettled,
  });
}

export function useRemoveAlertChannel(id: string) {
  const api = useApi();
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: async () =>
      void (await answered(api.DELETE('/alert-channels/{id}', { params: { path: { id } } }))),
    onSuccess,
  });
}
