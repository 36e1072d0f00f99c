import type { AuditEntry } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import styles from './AuditTable.module.css';

/** Each field that was changed, with what it was and what it is. */
export function AuditChanges({ changes }: Pick<AuditEntry, 'changes'>) {
  if (changes.length === 0) return <>–</>;
  return (
    <ul className={styles.changes}>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          <strong>{field.replaceAll('_', ' ')}</strong>{' '}
          {t('audit.change', { from: valueText(from), to: valueText(to) })}
        </li>
      ))}
    </ul>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function valueText(value: string | null): string {
  if (value === null || value === '') return t('audit.change.nothing');
  return MOMENT.test(value) ? fullTime(value) : value;
}
