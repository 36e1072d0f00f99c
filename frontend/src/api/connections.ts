import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { type Api, answered } from './client';
import type { ChangeSource } from './types';

/** What is done to both kinds of connection; the API has the same verbs for each. */
export type Kind = 'sources' | 'outbounds';

function verbs(api: Api, kind: Kind, id: string) {
  const params = { path: { id } };
  const mail = kind === 'sources';
  return {
    ping: () =>
      answered(
        mail
          ? api.POST('/sources/{id}/ping', { params })
          : api.POST('/outbounds/{id}/ping', { params }),
      ),
    pause: () =>
      mail
        ? answered(api.POST('/sources/{id}/pause', { params }))
        : answered(api.POST('/outbounds/{id}/pause', { params })),
    resume: () =>
      mail
        ? answered(api.POST('/sources/{id}/resume', { params }))
        : answered(api.POST('/outbounds/{id}/resume', { params })),
    remove: () =>
      mail
        ? answered(api.DELETE('/sources/{id}', { params }))
        : answered(api.DELETE('/outbounds/{id}', { params })),
    moveToGraph: () =>
      mail
        ? answered(api.POST('/sources/{id}/move-to-graph', { params }))
        : answered(api.POST('/outbounds/{id}/move-to-graph', { params })),
  };
}

/** Asks everything again that shows this connection. */
function useRefresh(kind: Kind) {
  const cache = useQueryClient();
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: [kind] }),
      cache.invalidateQueries({ queryKey: ['overview'] }),
    ]);
  };
}

export function usePing(kind: Kind, id: string) {
  const api = useApi();
  const onSuccess = useRefresh(kind);
  return useMutation({ mutationFn: () => verbs(api, kind, id).ping(), onSuccess });
}

export function usePause(kind: Kind, id: string) {
  const api = useApi();
  const onSuccess = useRefresh(kind);
  return useMutation({
    mutationFn: async () => void (await verbs(api, kind, id).pause()),
    onSuccess,
  });
}

export function useResume(kind: Kind, id: string) {
  const api = useApi();
  const onSuccess = useRefresh(kind);
  return useMutation({
    mutationFn: async () => void (await verbs(api, kind, id).resume()),
    onSuccess,
  });
}

/** Moves a connection from EWS to Microsoft Graph; it keeps its place and its history. */
export function useMoveToGraph(kind: Kind, id: string) {
  const api = useApi();
  const onSuccess = useRefresh(kind);
  return useMutation({
    mutationFn: async () => void (await verbs(api, kind, id).moveToGraph()),
    onSuccess,
  });
}

export function useRemove(kind: Kind, id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => void (await verbs(api, kind, id).remove()),
    onSuccess: async () => {
      cache.removeQueries({ queryKey: [kind, id] });
      await cache.invalidateQueries({ queryKey: [kind], exact: true });
      await cache.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}

export function useCheckNow(id: string) {
  const api = useApi();
  const onSuccess = useRefresh('sources');
  return useMutation({
    mutationFn: () => answered(api.POST('/sources/{id}/poll', { params: { path: { id } } })),
    onSuccess,
  });
}

export function useChangeSource(id: string) {
  const api = useApi();
  const onSuccess = useRefresh('sources');
  return useMutation({
    mutationFn: (body: ChangeSource) =>
      answered(api.PATCH('/sources/{id}', { params: { path: { id } }, body })),
    onSuccess,
  });
}
