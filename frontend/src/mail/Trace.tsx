import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Fold } from '../ui/Fold';
import styles from './Trace.module.css';
import { TraceLine } from './TraceLine';

/** Second column: each rule looked at, what it saw, what it decided. */
export function Trace({ mail }: { mail: MailDetail }) {
  return (
    <Card title={t('mail.trace')}>
      {mail.trace.length === 0 ? (
        <p>{t('mail.trace.none')}</p>
      ) : (
        <ol className={styles.trace}>
          {mail.trace.map((step, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule may be looked at twice, and steps are only added at the end
            <TraceLine key={place} step={step} />
          ))}
        </ol>
      )}
      {mail.plan !== null && mail.plan !== undefined && (
        <Fold title={t('mail.plan')}>
          <pre className={styles.plan}>{JSON.stringify(mail.plan, null, 2)}</pre>
        </Fold>
      )}
    </Card>
  );
}
