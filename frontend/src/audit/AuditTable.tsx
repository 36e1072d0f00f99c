import type { AuditFilter } from '../api/audit';
import type { AuditEntry } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Ago } from '../ui/Ago';
import { type Column, Table } from '../ui/Table';
import { AuditChanges } from './AuditChanges';
import styles from './AuditTable.module.css';
import { actorName } from './actorName';
import { subjectPage } from './subjectPage';

interface AuditTableProps {
  entries: AuditEntry[];
  filter: AuditFilter;
}

export function AuditTable({ entries, filter }: AuditTableProps) {
  const columns: Column<AuditEntry>[] = [
    {
      title: t('audit.column.what'),
      grow: true,
      cell: ({ sentence, subject }) => (
        <>
          {sentence}
          {subject && subjectPage(subject) && subject.id !== filter.subject_id && (
            <div className={styles.note}>
              <a href={to('settings/audit', { ...filter, subject_id: subject.id })}>
                {t('audit.history', { name: subject.name || subject.id })}
              </a>
            </div>
          )}
        </>
      ),
    },
    { title: t('audit.column.who'), cell: ({ actor }) => <Who actor={actor} /> },
    { title: t('audit.column.when'), cell: ({ at }) => <Ago at={at} /> },
    {
      title: t('audit.column.changes'),
      cell: ({ changes }) => <AuditChanges changes={changes} />,
    },
  ];
  return (
    <Table caption={t('audit.title')} columns={columns} rows={entries} rowKey={({ id }) => id} />
  );
}

function Who({ actor }: { actor: AuditEntry['actor'] }) {
  return (
    <>
      {actorName(actor)}
      {!actor.name && actor.account_id && <div className={styles.note}>{actor.account_id}</div>}
    </>
  );
}
