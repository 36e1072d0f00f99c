import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import styles from './EndsCalendar.module.css';
import { DAYS, type Mark } from './ends';

const WIDTH = 1000;
const HEIGHT = 40;
const MIDDLE = HEIGHT / 2;
/** The height of a mark tells what its colour tells. */
const SIZE = { info: 6, warning: 10, danger: 15 } as const;

/** The next months as a line with a mark for everything that ends. The list below it says the same in words. */
export function EndsCalendar({ marks }: { marks: Mark[] }) {
  const first = marks[0] ? dayOf(marks[0].end.at) : '';
  return (
    <>
      <svg
        className={styles.calendar}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('microsoft.ends.picture', { count: marks.length, days: DAYS, first })}
      >
        <line className={styles.line} x1={0} x2={WIDTH} y1={MIDDLE} y2={MIDDLE} />
        {marks.map(({ end, place }) => (
          <rect
            key={`${end.kind}/${end.subject.id}/${end.at}`}
            className={styles[end.severity]}
            x={Math.min(place * WIDTH, WIDTH - 6)}
            width={6}
            y={MIDDLE - SIZE[end.severity]}
            height={2 * SIZE[end.severity]}
          />
        ))}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>{t('microsoft.ends.today')}</span>
        <span>{dayOf(new Date(Date.now() + DAYS * 86_400_000).toISOString())}</span>
      </div>
    </>
  );
}
