import { useMayChange } from '../access/RoleContext';
import type { Source } from '../api/types';
import { ConnectionActions } from '../connection/ConnectionActions';
import { StateLine } from '../connection/StateLine';
import { targetText } from '../connection/targetText';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { Lag } from '../ui/Lag';
import { type Column, Table } from '../ui/Table';
import { MailboxCell } from './MailboxCell';
import { ProtocolCell } from './ProtocolCell';

export function SourceTable({ sources }: { sources: Source[] }) {
  const mayChange = useMayChange();
  const columns: Column<Source>[] = [
    {
      title: t('messaging.column.mailbox'),
      cell: (source) => <MailboxCell kind="sources" connection={source} />,
    },
    {
      title: t('messaging.column.state'),
      grow: true,
      cell: ({ state }) => <StateLine state={state} />,
    },
    { title: t('messaging.column.target'), cell: ({ target }) => targetText(target) },
    {
      title: t('messaging.column.lastSuccess'),
      cell: ({ last_success_at }) => <Ago at={last_success_at} />,
    },
    {
      title: t('messaging.column.lag'),
      cell: ({ lag_seconds }) => <Lag seconds={lag_seconds} />,
    },
    { title: t('connection.protocol'), cell: (source) => <ProtocolCell {...source} /> },
    { title: t('messaging.column.waiting'), numeric: true, cell: ({ waiting }) => waiting },
  ];
  if (mayChange) {
    columns.push({
      title: t('messaging.column.actions'),
      hideTitle: true,
      cell: (source) => <ConnectionActions kind="sources" connection={source} />,
    });
  }
  return (
    <Table
      caption={t('messaging.sources')}
      columns={columns}
      rows={sources}
      rowKey={({ id }) => id}
    />
  );
}
