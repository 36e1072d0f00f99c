import { useId } from 'react';
import styles from './Progress.module.css';

/** How much of a count is done, as a bar and as words. */
export function Progress({ done, total, words }: { done: number; total: number; words: string }) {
  const id = useId();
  return (
    <div className={styles.progress}>
      <progress className={styles.bar} aria-labelledby={id} value={done} max={Math.max(total, 1)} />
      <span id={id} aria-live="polite">
        {words}
      </span>
    </div>
  );
}
