import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

export function useProjects() {
  const api = useApi();
  return useQuery({
    queryKey: ['projects'],
    queryFn: async () => (await answered(api.GET('/jira/projects'))).items,
    staleTime: 60_000,
  });
}
