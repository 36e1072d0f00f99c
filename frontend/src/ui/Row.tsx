import type { ReactNode } from 'react';
import styles from './Row.module.css';

/** Things beside one another that wrap when the frame is narrow. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
