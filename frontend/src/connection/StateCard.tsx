import type { Kind } from '../api/connections';
import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Card } from '../ui/Card';
import { Copyable } from '../ui/Copyable';
import { Fold } from '../ui/Fold';
import { FixList } from './FixList';
import { PausedBy } from './PausedBy';
import { StateLine } from './StateLine';

interface StateCardProps {
  kind: Kind;
  id: string;
  state: ConnectionState;
}

/** The state of a connection in full, with what support asks for one click away. */
export function StateCard({ kind, id, state }: StateCardProps) {
  return (
    <Card title={t('connection.state')} aside={<small>{since(state.since)}</small>}>
      <StateLine state={state} />
      <FixList fix={state.fix} />
      <PausedBy kind={kind} id={id} state={state} />
      <Fold title={t('connection.support')}>
        <Copyable label={t('connection.id')} text={id} />
        {state.error_code && <Copyable label={t('common.code')} text={state.error_code} />}
        {state.correlation && <Copyable label={t('common.correlation')} text={state.correlation} />}
        {state.reference && <Copyable label={t('common.reference')} text={state.reference} />}
      </Fold>
    </Card>
  );
}

function since(at: string): string {
  return t('connection.since', { when: fullTime(at) });
}
