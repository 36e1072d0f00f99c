import type { Kind } from '../api/connections';
import { useHistory } from '../api/history';
import type { StateSpan } from '../api/types';
import { t } from '../messages/t';
import { duration, fullTime } from '../messages/time';
import { Card } from '../ui/Card';
import { Fold } from '../ui/Fold';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import { StateLozenge } from '../ui/StateLozenge';
import { type Column, Table } from '../ui/Table';
import { StatesPicture } from './StatesPicture';

/** What states a connection has been in: as a picture, and as a list for who prefers or needs it. */
export function StatesCard({ kind, id }: { kind: Kind; id: string }) {
  const history = useHistory(kind, id);
  return (
    <Card title={t('states.title')}>
      <Loaded query={history} skeleton={<Skeleton lines={2} />}>
        {(spans) =>
          spans.length === 0 ? (
            <p>{t('states.none')}</p>
          ) : (
            <>
              <StatesPicture spans={spans} />
              <Fold title={t('states.list')}>
                <StatesList spans={spans} />
              </Fold>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function StatesList({ spans }: { spans: StateSpan[] }) {
  const columns: Column<StateSpan>[] = [
    {
      title: t('states.column.state'),
      cell: ({ tone, lozenge }) => <StateLozenge tone={tone}>{lozenge}</StateLozenge>,
    },
    { title: t('states.column.what'), grow: true, cell: ({ sentence }) => sentence },
    { title: t('states.column.since'), cell: ({ since }) => fullTime(since) },
    { title: t('states.column.span'), cell: spanOf },
  ];
  return (
    <Table
      caption={t('states.title')}
      columns={columns}
      rows={spans}
      rowKey={({ since, state }) => since + state}
    />
  );
}

function spanOf({ since, until }: StateSpan): string {
  const end = until ? new Date(until) : new Date();
  return duration((end.getTime() - new Date(since).getTime()) / 1000);
}
