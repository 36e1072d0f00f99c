import type { TraceStep } from '../api/types';
import { t } from '../messages/t';
import { fullTime, hourOf } from '../messages/time';
import styles from './TraceLine.module.css';

export function TraceLine({ step }: { step: TraceStep }) {
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong>{t(`mail.step.${step.step}`)}</strong>
        {step.at && (
          <time className={styles.quiet} dateTime={step.at} title={fullTime(step.at)}>
            {hourOf(step.at)}
          </time>
        )}
      </div>
      <div>{step.decided}</div>
      <div className={styles.quiet}>
        {step.rule}: {step.saw}
      </div>
    </li>
  );
}
