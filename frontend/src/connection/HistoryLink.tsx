import { t } from '../messages/t';
import { to } from '../router/location';

/** To what was ever changed about a connection. */
export function HistoryLink({ id }: { id: string }) {
  return <a href={to('settings/audit', { subject_id: id })}>{t('connection.history')}</a>;
}
