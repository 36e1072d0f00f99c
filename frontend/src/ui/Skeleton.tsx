import { t } from '../messages/t';
import styles from './Skeleton.module.css';

interface SkeletonProps {
  lines: number;
  /** `row` is as high as a row of a table. */
  size?: 'text' | 'row' | 'block';
}

/** Grey lines where text will be. */
export function Skeleton({ lines, size = 'text' }: SkeletonProps) {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={t('common.loading')}
      className={styles.skeleton}
    >
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={`${styles.line} ${styles[size]}`} />
      ))}
    </div>
  );
}
