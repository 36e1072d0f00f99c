import type { ReactNode } from 'react';
import styles from './AdfPanel.module.css';

export function AdfPanel({ children }: { children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>;
}
