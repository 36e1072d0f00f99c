import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { BeginSignIn, SignIn, TakeSignIn } from './types';

const WATCH_MS = 1_500;
/** Whoever approves or owns the mailbox is not the person at this page: it may be days. */
const PATIENT_MS = 5_000;
const REFRESH_MS = 15_000;
const ENDED: ReadonlySet<SignIn['state']> = new Set(['connected', 'failed', 'expired']);

export function useBeginSignIn() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: BeginSignIn) => answered(api.POST('/sign-ins', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sign-ins', 'open'] }),
  });
}

/** Begins a sign-in with the question to the Microsoft administrator. */
export function useAskApproval() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: BeginSignIn | { id: string }) => {
      const id =
        'id' in wanted ? wanted.id : (await answered(api.POST('/sign-ins', { body: wanted }))).id;
      return answered(api.POST('/sign-ins/{id}/ask-approval', { params: { path: { id } } }));
    },
    onSuccess: async (asked) => {
      cache.setQueryData(['sign-ins', asked.id], asked);
      await cache.invalidateQueries({ queryKey: ['sign-ins', 'open'] });
    },
  });
}

/** The sign-ins that wait for somebody. */
export function useOpenSignIns() {
  const api = useApi();
  return useQuery({
    queryKey: ['sign-ins', 'open'],
    queryFn: async () =>
      (await answered(api.GET('/sign-ins', { params: { query: { open: true } } }))).items,
    refetchInterval: REFRESH_MS,
  });
}

/** Takes a link back: it leads nowhere any more. */
export function useRevokeSignIn() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      void (await answered(api.DELETE('/sign-ins/{id}', { params: { path: { id } } }))),
    onSettled: () => cache.invalidateQueries({ queryKey: ['sign-ins'] }),
  });
}

/** A sign-in, looked at again and again until it has ended. */
export function useSignIn(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['sign-ins', id],
    queryFn: () => answered(api.GET('/sign-ins/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => paceOf(state.data),
    // The person is looking at the other window while this page waits.
    refetchIntervalInBackground: true,
  });
}

export function useTakeSignIn(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: TakeSignIn) =>
      answered(api.POST('/sign-ins/{id}/take', { params: { path: { id } }, body })),
    onSuccess: async (taken) => {
      cache.setQueryData(['sign-ins', id], taken);
      await Promise.all(
        ['sources', 'outbounds', 'overview'].map((key) =>
          cache.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  });
}

function paceOf(signIn: SignIn | undefined): number | false {
  if (!signIn) return WATCH_MS;
  if (ENDED.has(signIn.state)) return false;
  const elsewhere = signIn.asked === 'owner' || signIn.state === 'waiting_for_approval';
  return elsewhere ? PATIENT_MS : WATCH_MS;
}
