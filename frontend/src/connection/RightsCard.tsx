import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Kind } from '../api/connections';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Row } from '../ui/Row';
import { PingResult } from './PingResult';

interface RightsCardProps {
  kind: Kind;
  id: string;
  mailbox: string;
  /** Ping without being asked: the connection was just signed in. */
  atOnce: boolean;
}

export function RightsCard({ kind, id, mailbox, atOnce }: RightsCardProps) {
  const [asked, setAsked] = useState(atOnce);
  return (
    <Card title={t('connection.rights')}>
      {asked ? (
        <PingResult kind={kind} id={id} mailbox={mailbox} />
      ) : (
        <>
          <p>{t('connection.rights.text')}</p>
          <Row>
            <Button onClick={() => setAsked(true)}>{t('action.ping')}</Button>
          </Row>
        </>
      )}
    </Card>
  );
}
