import type { Outbound } from '../api/types';
import { ConnectionActions } from '../connection/ConnectionActions';
import { StateLine } from '../connection/StateLine';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { type Column, Table } from '../ui/Table';
import { MailboxCell } from './MailboxCell';
import { ProtocolCell } from './ProtocolCell';

export function OutboundTable({ outbounds }: { outbounds: Outbound[] }) {
  const columns: Column<Outbound>[] = [
    {
      title: t('messaging.column.mailbox'),
      cell: (outbound) => <MailboxCell kind="outbounds" connection={outbound} />,
    },
    {
      title: t('messaging.column.state'),
      grow: true,
      cell: ({ state }) => <StateLine state={state} />,
    },
    {
      title: t('messaging.column.lastSuccess'),
      cell: ({ last_success_at }) => <Ago at={last_success_at} />,
    },
    { title: t('connection.protocol'), cell: (outbound) => <ProtocolCell {...outbound} /> },
    { title: t('messaging.column.sent'), numeric: true, cell: ({ sent }) => sent },
    { title: t('messaging.column.waiting'), numeric: true, cell: ({ waiting }) => waiting },
    {
      title: t('messaging.column.actions'),
      hideTitle: true,
      cell: (outbound) => <ConnectionActions kind="outbounds" connection={outbound} />,
    },
  ];
  return (
    <Table
      caption={t('messaging.outbounds')}
      columns={columns}
      rows={outbounds}
      rowKey={({ id }) => id}
    />
  );
}
