import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext';
import { answered } from './client';

/** The folders inside a folder of a source's mailbox; of the mailbox itself without `parent`. */
export function useFolders(id: string, parent: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['folders', id, parent],
    queryFn: async () => {
      const params = { path: { id }, query: parent ? { parent } : {} };
      return (await answered(api.GET('/sources/{id}/folders', { params }))).items;
    },
    staleTime: 60_000,
  });
}
