import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Fold } from '../ui/Fold';
import styles from './Trace.module.css';
import { TraceLine } from './TraceLine';
import { traceGroups } from './traceGroups';

/** Second column: each rule looked at, what it saw, what it decided. */
export function Trace({ mail }: { mail: MailDetail }) {
  return (
    <Card title={t('mail.trace')}>
      {mail.trace.length === 0 ? (
        <p>{t('mail.trace.none')}</p>
      ) : (
        <ol className={styles.trace}>
          {traceGroups(mail.trace).map((group, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step may be taken twice, and steps are only added at the end
            <TraceLine key={place} group={group} />
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
