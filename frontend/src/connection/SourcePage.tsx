import { useMayChange } from '../access/RoleContext';
import { useSource } from '../api/sources';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { go, to, useLocation } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { ConnectionActions } from './ConnectionActions';
import styles from './columns.module.css';
import { HistoryLink } from './HistoryLink';
import { RightsCard } from './RightsCard';
import { SourceFacts } from './SourceFacts';
import { StateCard } from './StateCard';

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
  return (
    <div className={styles.columns}>
      <Stack>
        <StateCard kind="sources" id={source.id} state={source.state} />
        {mayChange && (
          <RightsCard
            kind="sources"
            id={source.id}
            mailbox={source.mailbox}
            atOnce={query.has('ping')}
          />
        )}
        <a href={to('mail', { source_id: source.id })}>{t('connection.mails')}</a>
        {mayChange && <HistoryLink id={source.id} />}
      </Stack>
      <SourceFacts source={source} />
    </div>
  );
}
