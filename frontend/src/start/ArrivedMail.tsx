import type { MailRow } from '../api/types';
import { MailStateLozenge } from '../mail/MailStateLozenge';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Ago } from '../ui/Ago';
import styles from './ArrivedMail.module.css';

/** A mail that just came in: who, what, and the issue that it became. */
export function ArrivedMail({ mail }: { mail: MailRow }) {
  return (
    <div className={styles.mail} data-testid="arrived-mail">
      <MailStateLozenge state={mail.state} />
      {mail.issue_key && <strong>{mail.issue_key}</strong>}
      <span className={styles.subject}>{mail.subject || t('mail.noSubject')}</span>
      <span className={styles.from}>
        {mail.from_name || mail.from_address} · <Ago at={mail.received_at} />
      </span>
      <a href={to(`mail/${mail.id}`)}>{t('setup.first.look')}</a>
    </div>
  );
}
