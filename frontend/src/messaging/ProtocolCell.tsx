import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import styles from './MailboxCell.module.css';

/** How a mailbox is spoken to and, where that ends, when. */
export function ProtocolCell({ protocol, ends_at }: Source | Outbound) {
  return (
    <>
      {t(`messaging.protocol.${protocol}`)}
      {ends_at && (
        <div className={styles.address}>
          {t('messaging.protocol.ends', { when: dayOf(ends_at) })}
        </div>
      )}
    </>
  );
}
