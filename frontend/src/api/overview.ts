import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

const REFRESH_MS = 20_000;

export function useOverview() {
  const api = useApi();
  return useQuery({
    queryKey: ['overview'],
    queryFn: () => answered(api.GET('/overview')),
    refetchInterval: REFRESH_MS,
  });
}
