import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/BridgeContext';
import { useApi } from './ApiContext';
import { answered } from './client';

/** What the Connect app of this site has to move here. Only Forge's door is asked: only it can. */
export function useMoveOffer() {
  const api = useApi();
  const { door } = useBridge();
  return useQuery({
    queryKey: ['move'],
    queryFn: async () => (await answered(api.GET('/move'))).offer,
    enabled: door === 'forge',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Moves everything, and forgets what the panel knew of the emptied side. */
export function useMove(onMoved: () => void) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => void (await answered(api.POST('/move'))),
    onSuccess: () => {
      onMoved();
      void cache.resetQueries();
    },
  });
}
