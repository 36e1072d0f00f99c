import { useMe } from '../api/me';
import type { Notification, Tone } from '../api/types';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { IssueLink } from '../ui/IssueLink';
import { StateLozenge } from '../ui/StateLozenge';
import { type Column, Table } from '../ui/Table';

const TONES: Record<Notification['state'], Tone> = {
  waiting: 'inprogress',
  sent: 'success',
  ignored: 'default',
  dead: 'removed',
};

export function NotificationTable({ notifications }: { notifications: Notification[] }) {
  const site = useMe().data?.site_url;
  const columns: Column<Notification>[] = [
    { title: t('notification.column.subject'), grow: true, cell: ({ subject }) => subject },
    { title: t('notification.column.to'), cell: ({ to_address }) => to_address },
    {
      title: t('notification.column.created'),
      cell: ({ created_at, sent_at }) => <Ago at={sent_at ?? created_at} />,
    },
    {
      title: t('notification.column.state'),
      cell: ({ state, reason }) => (
        <>
          <StateLozenge tone={TONES[state]}>{t(`notification.state.${state}`)}</StateLozenge>
          {state !== 'sent' && <div>{reason}</div>}
        </>
      ),
    },
    {
      title: t('notification.column.issue'),
      cell: ({ issue_key }) => <IssueLink site={site} issueKey={issue_key} />,
    },
  ];
  return (
    <Table
      caption={t('mail.tab.notifications')}
      columns={columns}
      rows={notifications}
      rowKey={({ id }) => id}
    />
  );
}
