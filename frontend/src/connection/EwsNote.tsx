import Button from '@atlaskit/button/new';
import { useMayChange } from '../access/RoleContext';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { Notice } from '../ui/Notice';
import { Progress } from '../ui/Progress';
import { Row } from '../ui/Row';
import { EWS_END } from './ews';

interface EwsNoteProps {
  connection: Source | Outbound;
  onMove: () => void;
}

/** That EWS ends, and the button that moves a connection away from it; while it moves, how far. */
export function EwsNote({ connection, onMove }: EwsNoteProps) {
  const mayChange = useMayChange();
  const moving = 'moving' in connection ? connection.moving : null;
  if (moving) return <Progress {...moving} words={t('toGraph.moving', { ...moving })} />;
  if (connection.protocol !== 'ews') return null;
  const when = dayOf(connection.ends_at ?? EWS_END);
  return (
    <Notice tone="warning" title={t('ews.ends', { when })}>
      {mayChange && (
        <Row>
          <Button onClick={onMove}>{t('action.moveToGraph')}</Button>
        </Row>
      )}
    </Notice>
  );
}
