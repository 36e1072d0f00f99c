import type { Incident } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import styles from './Told.module.css';

/** Whom Postroom told, and what became of each message. */
export function Told({ alerts }: { alerts: Incident['alerts'] }) {
  if (alerts.length === 0) return <>{t('incidents.told.none')}</>;
  return (
    <ul className={styles.told}>
      {alerts.map(({ channel, phase, state, at }) => (
        <li key={`${channel}/${phase}`} title={fullTime(at)}>
          {t(`incidents.told.${phase}.${state}`, { channel })}
        </li>
      ))}
    </ul>
  );
}
