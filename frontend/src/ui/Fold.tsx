import type { ReactNode } from 'react';
import styles from './Fold.module.css';

/** Something that few people need, folded. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className={styles.fold}>
      <summary>{title}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
