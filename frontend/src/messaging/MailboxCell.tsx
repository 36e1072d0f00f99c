import type { Kind } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import styles from './MailboxCell.module.css';

interface MailboxCellProps {
  kind: Kind;
  connection: Source | Outbound;
}

/** A connection's name, and its address when that says more. */
export function MailboxCell({ kind, connection }: MailboxCellProps) {
  const { id, name, mailbox } = connection;
  return (
    <>
      <a className={styles.name} href={to(`${kind}/${id}`)}>
        {name}
      </a>
      {name !== mailbox && <div className={styles.address}>{mailbox}</div>}
      {'from_address' in connection && connection.from_address && (
        <div className={styles.address}>
          {t('messaging.alias', { address: connection.from_address })}
        </div>
      )}
    </>
  );
}
