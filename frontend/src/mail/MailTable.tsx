import { useMe } from '../api/me';
import type { MailRow } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Ago } from '../ui/Ago';
import { IssueLink } from '../ui/IssueLink';
import { type Column, Table } from '../ui/Table';
import { MailStateLozenge } from './MailStateLozenge';
import styles from './MailTable.module.css';

export function MailTable({ mails }: { mails: MailRow[] }) {
  const site = useMe().data?.site_url;
  const columns: Column<MailRow>[] = [
    { title: t('mail.column.subject'), grow: true, cell: (mail) => <Subject mail={mail} /> },
    { title: t('mail.column.from'), cell: (mail) => <Sender mail={mail} /> },
    { title: t('mail.column.received'), cell: ({ received_at }) => <Ago at={received_at} /> },
    {
      title: t('mail.column.state'),
      cell: ({ state, reason }) => (
        <>
          <MailStateLozenge state={state} />
          {state !== 'delivered' && <div className={styles.note}>{reason}</div>}
        </>
      ),
    },
    {
      title: t('mail.column.issue'),
      cell: ({ issue_key }) => <IssueLink site={site} issueKey={issue_key} />,
    },
  ];
  return (
    <Table
      caption={t('mail.tab.received')}
      columns={columns}
      rows={mails}
      rowKey={({ id }) => id}
    />
  );
}

function Subject({ mail }: { mail: MailRow }) {
  return (
    <>
      <a href={to(`mail/${mail.id}`)}>{mail.subject || t('mail.noSubject')}</a>
      {mail.attachments > 0 && (
        <div className={styles.note}>{t('mail.attachments', { count: mail.attachments })}</div>
      )}
    </>
  );
}

function Sender({ mail }: { mail: MailRow }) {
  return (
    <>
      {mail.from_name || mail.from_address}
      {mail.from_name && <div className={styles.note}>{mail.from_address}</div>}
    </>
  );
}
