import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { useOutbound } from '../api/outbounds';
import type { Outbound } from '../api/types';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { ConnectionActions } from './ConnectionActions';
import styles from './columns.module.css';
import { EwsNote } from './EwsNote';
import { ExpiresCard } from './ExpiresCard';
import { HistoryLink } from './HistoryLink';
import { MoveToGraphModal } from './MoveToGraphModal';
import { OutboundFacts } from './OutboundFacts';
import { RightsCard } from './RightsCard';
import { StateCard } from './StateCard';
import { StatesCard } from './StatesCard';
import { TestMail } from './TestMail';

export function OutboundPage({ id }: { id: string }) {
  const outbound = useOutbound(id);
  const back = { href: to('messaging/outbounds'), label: t('messaging.outbounds') };
  return (
    <Stack>
      <PageHeader
        title={outbound.data?.name ?? t('connection.outbound')}
        back={back}
        actions={
          outbound.data && (
            <ConnectionActions
              kind="outbounds"
              connection={outbound.data}
              onDeleted={() => go(back.href)}
            />
          )
        }
      />
      <Loaded query={outbound} skeleton={<Skeleton lines={2} size="block" />}>
        {(data) => <OutboundBody outbound={data} />}
      </Loaded>
    </Stack>
  );
}

function OutboundBody({ outbound }: { outbound: Outbound }) {
  const { query } = useLocation();
  const { id, mailbox, state } = outbound;
  const [moving, setMoving] = useState(false);
  return (
    <Stack>
      <EwsNote connection={outbound} onMove={() => setMoving(true)} />
      <div className={styles.columns}>
        <Stack>
          <StateCard kind="outbounds" id={id} state={state} />
          <RightsCard kind="outbounds" id={id} mailbox={mailbox} atOnce={query.has('ping')} />
          <StatesCard kind="outbounds" id={id} />
          <HistoryLink id={id} />
        </Stack>
        <Stack>
          <TestMail id={id} />
          <ExpiresCard expires={outbound.expires} />
          <OutboundFacts outbound={outbound} />
        </Stack>
      </div>
      <ModalTransition>
        {moving && (
          <MoveToGraphModal
            kind="outbounds"
            connection={outbound}
            onClose={() => setMoving(false)}
          />
        )}
      </ModalTransition>
    </Stack>
  );
}
