import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

export function useMe() {
  const api = useApi();
  return useQuery({
    queryKey: ['me'],
    queryFn: () => answered(api.GET('/me')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
