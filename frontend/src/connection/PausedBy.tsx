import { useMayChange } from '../access/RoleContext';
import { useLastChange } from '../api/audit';
import type { Kind } from '../api/connections';
import type { ConnectionState } from '../api/types';
import { actorName } from '../audit/actorName';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';

interface PausedByProps {
  kind: Kind;
  id: string;
  state: ConnectionState;
}

/** Who paused a connection and when, as the audit trail knows it; nothing where it does not. */
export function PausedBy({ kind, id, state }: PausedByProps) {
  const mayChange = useMayChange();
  const action = kind === 'sources' ? 'source.paused' : 'outbound.paused';
  const asked = mayChange && state.code === 'paused';
  const { data: change } = useLastChange(action, asked ? id : null);
  if (!asked || !change) return null;
  return (
    <p>{t('connection.pausedBy', { who: actorName(change.actor), when: fullTime(change.at) })}</p>
  );
}
