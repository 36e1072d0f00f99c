import type { AlertChannel } from '../api/types';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { Empty } from '../ui/Empty';
import { StateLozenge } from '../ui/StateLozenge';
import { type Column, Table } from '../ui/Table';
import { ChannelActions } from './ChannelActions';

const COLUMNS: Column<AlertChannel>[] = [
  {
    title: t('alerts.column.channel'),
    grow: true,
    cell: ({ name, enabled }) => (
      <>
        {name}{' '}
        <StateLozenge tone={enabled ? 'success' : 'default'}>
          {t(enabled ? 'alerts.on' : 'alerts.off')}
        </StateLozenge>
      </>
    ),
  },
  {
    title: t('alerts.column.target'),
    cell: ({ kind, format, target }) => (
      <>
        {format ? t(`alerts.format.${format}`) : t(`alerts.kind.${kind}`)}
        <div>{target}</div>
      </>
    ),
  },
  {
    title: t('alerts.column.last'),
    cell: ({ last_sent_at, last_error }) => (
      <>
        <Ago at={last_sent_at} />
        {last_error && <div role="alert">{last_error}</div>}
      </>
    ),
  },
  {
    title: t('alerts.column.actions'),
    hideTitle: true,
    cell: (channel) => <ChannelActions channel={channel} />,
  },
];

export function ChannelTable({ channels }: { channels: AlertChannel[] }) {
  if (channels.length === 0) {
    return <Empty title={t('alerts.empty')} text={t('alerts.empty.text')} />;
  }
  return (
    <Table caption={t('alerts.title')} columns={COLUMNS} rows={channels} rowKey={({ id }) => id} />
  );
}
