import { t } from '../messages/t';
import { duration } from '../messages/time';

/** How long mail lay in the mailbox before it was here. */
export function Lag({ seconds }: { seconds: number | null }) {
  return <>{seconds === null ? t('common.unknown') : duration(seconds)}</>;
}
