import { QueryClient } from '@tanstack/react-query';
import { Failure } from './failure';

const PASSING = new Set([
  'network',
  'jira_unavailable',
  'microsoft_unavailable',
  'too_many_requests',
  'unavailable',
]);
const RETRIES = 2;

/** One cache for the panel. Only what may pass by itself is asked again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (count, error) =>
          count < RETRIES && error instanceof Failure && PASSING.has(error.code),
      },
      mutations: { retry: false },
    },
  });
}
