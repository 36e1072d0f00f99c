import type { MailDetail } from '../api/types';
import { fileSize } from '../messages/size';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';
import { type Fact, Facts } from '../ui/Facts';
import styles from './AsItCame.module.css';
import { AttachmentList } from './AttachmentList';
import { RawMail } from './RawMail';

const SCROLLABLE = { tabIndex: 0 };

/** First column: headers, text, attachments, the raw bytes. */
export function AsItCame({ mail }: { mail: MailDetail }) {
  return (
    <Card title={t('mail.came')}>
      <Facts facts={headers(mail)} />
      <h3 className={styles.title}>{t('mail.text')}</h3>
      {/* It scrolls, so it must be reachable by keyboard. */}
      <section className={styles.text} aria-label={t('mail.text')} {...SCROLLABLE}>
        {mail.text || t('mail.text.none')}
      </section>
      {mail.html_present && <small>{t('mail.text.html')}</small>}
      <h3 className={styles.title}>{t('mail.attachments.title')}</h3>
      <AttachmentList attachments={mail.attachments_list} />
      <RawMail id={mail.id} />
    </Card>
  );
}

function headers(mail: MailDetail): Fact[] {
  const from = mail.from_name ? `${mail.from_name} <${mail.from_address}>` : mail.from_address;
  const facts: (Fact | false)[] = [
    { name: t('mail.header.from'), value: from },
    { name: t('mail.header.to'), value: mail.to.join(', ') || t('common.none') },
    { name: t('mail.header.received'), value: fullTime(mail.received_at) },
    { name: t('mail.header.messageId'), value: mail.message_id },
    { name: t('mail.header.size'), value: fileSize(mail.size_bytes) },
    { name: t('mail.header.attempts'), value: mail.attempts },
    mail.next_attempt_at !== null && {
      name: t('mail.header.next'),
      value: <Ago at={mail.next_attempt_at} />,
    },
    mail.settled_at !== null && {
      name: t('mail.header.settled'),
      value: fullTime(mail.settled_at),
    },
    mail.last_error !== null && { name: t('mail.header.lastError'), value: mail.last_error },
  ];
  return facts.filter((fact) => fact !== false);
}
