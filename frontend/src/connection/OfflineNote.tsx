import type { Source } from '../api/types';
import { t } from '../messages/t';
import { duration, fullTime } from '../messages/time';
import { Notice } from '../ui/Notice';

/** How long a source has been cut off, and what becomes of its mail. */
export function OfflineNote({ offline }: { offline: Source['offline'] }) {
  if (!offline) return null;
  const { seconds, since, waiting } = offline;
  return (
    <Notice tone="warning" title={t('offline.title', { span: duration(seconds) })}>
      <p>{t('offline.text', { when: fullTime(since), waiting })}</p>
    </Notice>
  );
}
