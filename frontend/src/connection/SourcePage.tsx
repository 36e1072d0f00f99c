import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { useMayChange } from '../access/RoleContext';
import { useSource } from '../api/sources';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { AccountedCard } from './AccountedCard';
import { ConnectionActions } from './ConnectionActions';
import styles from './columns.module.css';
import { EwsNote } from './EwsNote';
import { ExpiresCard } from './ExpiresCard';
import { HealthCard } from './HealthCard';
import { HistoryLink } from './HistoryLink';
import { MoveToGraphModal } from './MoveToGraphModal';
import { OfflineNote } from './OfflineNote';
import { RightsCard } from './RightsCard';
import { SourceFacts } from './SourceFacts';
import { StateCard } from './StateCard';
import { StatesCard } from './StatesCard';

export function SourcePage({ id }: { id: string }) {
  const source = useSource(id);
  const mayChange = useMayChange();
  const back = { href: to('messaging/sources'), label: t('messaging.sources') };
  return (
    <Stack>
      <PageHeader
        title={source.data?.name ?? t('connection.source')}
        back={back}
        actions={
          source.data &&
          mayChange && (
            <ConnectionActions
              kind="sources"
              connection={source.data}
              onDeleted={() => go(back.href)}
            />
          )
        }
      />
      <Loaded query={source} skeleton={<Skeleton lines={2} size="block" />}>
        {(data) => <SourceBody source={data} />}
      </Loaded>
    </Stack>
  );
}

function SourceBody({ source }: { source: Source }) {
  const mayChange = useMayChange();
  const { query } = useLocation();
  const { id, mailbox, state } = source;
  const [moving, setMoving] = useState(false);
  return (
    <Stack>
      <OfflineNote offline={source.offline} />
      <EwsNote connection={source} onMove={() => setMoving(true)} />
      <div className={styles.columns}>
        <Stack>
          <StateCard kind="sources" id={id} state={state} />
          {mayChange && (
            <RightsCard kind="sources" id={id} mailbox={mailbox} atOnce={query.has('ping')} />
          )}
          <AccountedCard source={source} />
          <StatesCard kind="sources" id={id} />
          <a href={to('mail', { source_id: id })}>{t('connection.mails')}</a>
          {mayChange && <HistoryLink id={id} />}
        </Stack>
        <Stack>
          <HealthCard source={source} />
          <ExpiresCard expires={source.expires} />
          <SourceFacts source={source} />
        </Stack>
      </div>
      <ModalTransition>
        {moving && (
          <MoveToGraphModal kind="sources" connection={source} onClose={() => setMoving(false)} />
        )}
      </ModalTransition>
    </Stack>
  );
}
