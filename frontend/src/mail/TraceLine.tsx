import { fullTime, hourOf } from '../messages/time';
import { stepName } from './stepName';
import styles from './TraceLine.module.css';
import type { TraceGroup } from './traceGroups';

/** One step: each rule that was looked at, what it saw, what it decided. */
export function TraceLine({ group }: { group: TraceGroup }) {
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <strong>{stepName(group.step)}</strong>
        {group.at && (
          <time className={styles.quiet} dateTime={group.at} title={fullTime(group.at)}>
            {hourOf(group.at)}
          </time>
        )}
      </div>
      <ul className={styles.rules}>
        {group.rules.map(({ rule, saw, decided }) => (
          <li key={`${rule} ${saw} ${decided}`}>
            <span>{decided}</span>
            <span className={styles.quiet}>
              {rule.replaceAll('_', ' ')}: {saw}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
