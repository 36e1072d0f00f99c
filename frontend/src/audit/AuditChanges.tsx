import type { AuditEntry } from '../api/types';
import { t } from '../messages/t';
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

function valueText(value: string | null): string {
  return value === null || value === '' ? t('audit.change.nothing') : value;
}
