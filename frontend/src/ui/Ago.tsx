import { t } from '../messages/t';
import { ago, fullTime } from '../messages/time';
import { useNow } from './useNow';

/** How long ago (or how soon), with the full time on hover. */
export function Ago({ at }: { at: string | null | undefined }) {
  const now = useNow();
  if (!at) return <>{t('common.never')}</>;
  return (
    <time dateTime={at} title={fullTime(at)}>
      {ago(new Date(at), now)}
    </time>
  );
}
