import type { TraceStep } from '../api/types';
import { fullTime, hourOf } from '../messages/time';
import { stepName } from './stepName';
import styles from './TraceLine.module.css';

export function TraceLine({ step }: { step: TraceStep }) {
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong>{stepName(step.step)}</strong>
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
