import type { Hour } from '../api/types';
import { t } from '../messages/t';
import { hourOf } from '../messages/time';
import { Fold } from '../ui/Fold';
import styles from './HoursChart.module.css';
import { HoursLegend } from './HoursLegend';
import { HoursTable } from './HoursTable';
import { segmentsOf, totalOf } from './hours';

const HEIGHT = 120;
const STEP = 20;
const BAR = 14;

/** Mails by hour as stacked bars; the same numbers stand in a table for who prefers or needs it. */
export function HoursChart({ hours }: { hours: Hour[] }) {
  const totals = hours.map(totalOf);
  const most = Math.max(0, ...totals);
  const total = totals.reduce((sum, one) => sum + one, 0);
  if (total === 0) return <p>{t('overview.hours.none')}</p>;
  return (
    <>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${hours.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('overview.hours.summary', { total, most })}
      >
        {hours.map((hour, place) => (
          <g key={hour.hour}>
            {segmentsOf(hour, most).map(({ series, from, size }) => (
              <rect
                key={series}
                className={styles[series]}
                x={place * STEP + (STEP - BAR) / 2}
                width={BAR}
                y={HEIGHT - (from + size) * HEIGHT}
                height={size * HEIGHT}
              />
            ))}
          </g>
        ))}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        {[hours[0], hours[Math.floor(hours.length / 2)], hours.at(-1)].map(
          (hour) => hour && <span key={hour.hour}>{hourOf(hour.hour)}</span>,
        )}
      </div>
      <HoursLegend hours={hours} />
      <Fold title={t('overview.hours.table')}>
        <HoursTable hours={hours} />
      </Fold>
    </>
  );
}
