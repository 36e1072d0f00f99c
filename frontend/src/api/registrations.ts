import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { AddRegistration, ChangeRegistration, Cloud, CredentialKind, Protocol } from './types';

/** The app registrations of this site's own. */
export function useRegistrations() {
  const api = useApi();
  return useQuery({
    queryKey: ['registrations'],
    queryFn: async () => (await answered(api.GET('/registrations'))).items,
  });
}

export function useRegistration(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['registrations', id],
    queryFn: () => answered(api.GET('/registrations/{id}', { params: { path: { id } } })),
  });
}

/** What decides which steps lead to an app registration. */
export interface GuideCase {
  cloud: Cloud;
  audience: 'single' | 'multi';
  credential: CredentialKind;
  protocol: Protocol;
}

export function useGuide(which: GuideCase) {
  const api = useApi();
  return useQuery({
    queryKey: ['registrations', 'guide', which],
    queryFn: () => answered(api.GET('/registrations/guide', { params: { query: { ...which } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useRefresh() {
  const cache = useQueryClient();
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['registrations'] }),
      cache.invalidateQueries({ queryKey: ['microsoft'] }),
    ]);
}

export function useAddRegistration() {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: AddRegistration) => answered(api.POST('/registrations', { body })),
    onSuccess: async () => void (await refresh()),
  });
}

export function useChangeRegistration(id: string) {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ChangeRegistration) =>
      answered(api.PATCH('/registrations/{id}', { params: { path: { id } }, body })),
    onSuccess: async () => void (await refresh()),
  });
}

/** Asks Microsoft whether the registration is in order. */
export function useCheckRegistration(id: string) {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => answered(api.POST('/registrations/{id}/check', { params: { path: { id } } })),
    onSuccess: async () => void (await refresh()),
  });
}

export function useRemoveRegistration(id: string) {
  const api = useApi();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async () =>
      void (await answered(api.DELETE('/registrations/{id}', { params: { path: { id } } }))),
    onSuccess: async () => void (await refresh()),
  });
}
