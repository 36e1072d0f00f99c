import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Card } from '../ui/Card';
import { Copyable } from '../ui/Copyable';
import { Fold } from '../ui/Fold';
import { StateLine } from './StateLine';

/** The state of a connection in full, with what support asks for one click away. */
export function StateCard({ id, state }: { id: string; state: ConnectionState }) {
  return (
    <Card title={t('connection.state')} aside={<small>{since(state.since)}</small>}>
      <StateLine state={state} />
      <Fold title={t('connection.support')}>
        <Copyable label={t('connection.id')} text={id} />
        {state.error_code && <Copyable label={t('common.code')} text={state.error_code} />}
        {state.reference && <Copyable label={t('common.reference')} text={state.reference} />}
      </Fold>
    </Card>
  );
}

function since(at: string): string {
  return t('connection.since', { when: fullTime(at) });
}
