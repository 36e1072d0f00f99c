import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

/** What has been agreed with Microsoft, and when it ends. */
export function useMicrosoft() {
  const api = useApi();
  return useQuery({
    queryKey: ['microsoft'],
    queryFn: () => answered(api.GET('/microsoft')),
  });
}

/** The sign-ins that connections stand on. */
export function useGrants() {
  const api = useApi();
  return useQuery({
    queryKey: ['grants'],
    queryFn: async () => (await answered(api.GET('/grants'))).items,
  });
}
