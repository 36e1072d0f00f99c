import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';
import type { BeginSignIn, SignIn } from './types';

const WATCH_MS = 1_500;
const GOING_ON: ReadonlySet<SignIn['state']> = new Set(['started', 'authorized', 'confirmed']);

export function useBeginSignIn() {
  const api = useApi();
  return useMutation({
    mutationFn: (body: BeginSignIn) => answered(api.POST('/sign-ins', { body })),
  });
}

/** A sign-in, looked at again and again until it has ended. */
export function useSignIn(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['sign-ins', id],
    queryFn: () => answered(api.GET('/sign-ins/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      !state.data || GOING_ON.has(state.data.state) ? WATCH_MS : false,
    // The person is looking at the other window while this page waits.
    refetchIntervalInBackground: true,
  });
}

export function useTakeSignIn(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => answered(api.POST('/sign-ins/{id}/take', { params: { path: { id } } })),
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
