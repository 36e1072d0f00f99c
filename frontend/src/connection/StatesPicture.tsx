import type { StateSpan } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { useNow } from '../ui/useNow';
import styles from './StatesPicture.module.css';
import { bandsOf, beginningOf, wellPercent } from './spans';

const WIDTH = 1000;
const HEIGHT = 40;
/** The worse, the higher: the shape says what the colour says. */
const HEIGHTS = { success: 0.3, default: 0.45, inprogress: 0.6, moved: 0.75, removed: 1 } as const;
const AT_LEAST = 3;

/** The states of the last days as a band. */
export function StatesPicture({ spans }: { spans: StateSpan[] }) {
  const now = useNow();
  const from = beginningOf(spans, now).toISOString();
  const bands = bandsOf(spans, now);
  const trouble = bands.filter(({ tone }) => tone === 'removed' || tone === 'moved').length;
  return (
    <div>
      <svg
        className={styles.picture}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('states.picture', {
          from: fullTime(from),
          well: wellPercent(bands),
          trouble,
        })}
      >
        {bands.map(({ key, tone, from: left, size }) => (
          <rect
            key={key}
            className={styles[tone]}
            x={left * WIDTH}
            width={Math.max(size * WIDTH, AT_LEAST)}
            y={HEIGHT * (1 - HEIGHTS[tone])}
            height={HEIGHT * HEIGHTS[tone]}
          />
        ))}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        <span>{fullTime(from)}</span>
        <span>{t('states.now')}</span>
      </div>
    </div>
  );
}
