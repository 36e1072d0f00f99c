import type { ReactNode } from 'react';
import styles from './AdfHeading.module.css';

/** Looks like a heading, but is none of the page's: a mail may begin or skip levels as it likes. */
export function AdfHeading({ children }: { children: ReactNode }) {
  return <p className={styles.heading}>{children}</p>;
}
