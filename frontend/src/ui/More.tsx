import Button from '@atlaskit/button/new';
import { t } from '../messages/t';
import { FailureMessage } from './FailureMessage';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage(): unknown;
}

/** The button under a list that has more. */
export function More({ query }: { query: Pages }) {
  const more = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <FailureMessage error={query.error} onRetry={more} />;
  if (!query.hasNextPage) return null;
  return (
    <div>
      <Button onClick={more} isLoading={query.isFetchingNextPage}>
        {t('common.more')}
      </Button>
    </div>
  );
}
