import type { ReactNode } from 'react';
import { FailureMessage } from './FailureMessage';
import { Skeleton } from './Skeleton';

interface Query<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}

interface LoadedProps<T> {
  query: Query<T>;
  /** Has the size of what comes, so that nothing moves. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What a query answered, or that it loads, or why it could not. Old data stays while it renews. */
export function Loaded<T>({ query, skeleton = <Skeleton lines={4} />, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return <FailureMessage error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <>{skeleton}</>;
}
