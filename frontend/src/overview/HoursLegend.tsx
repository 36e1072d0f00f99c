import type { Hour } from '../api/types';
import { t } from '../messages/t';
import chart from './HoursChart.module.css';
import styles from './HoursLegend.module.css';
import { SERIES } from './hours';

/** The colours with their words and their sums. */
export function HoursLegend({ hours }: { hours: Hour[] }) {
  return (
    <ul className={styles.legend}>
      {SERIES.map((series) => (
        <li key={series}>
          <svg width="12" height="12" aria-hidden="true">
            <rect className={chart[series]} width="12" height="12" rx="2" />
          </svg>
          {t(`mail.state.${series}`)} {hours.reduce((sum, hour) => sum + hour[series], 0)}
        </li>
      ))}
    </ul>
  );
}
