import type { ReactNode } from 'react';
import styles from './AdfHeading.module.css';

// The page's own headings go down to the third level; those of a mail stand below them.
const LEVELS = ['h4', 'h5', 'h6'] as const;

interface AdfHeadingProps {
  level: number | undefined;
  children: ReactNode;
}

export function AdfHeading({ level = 1, children }: AdfHeadingProps) {
  const Level = LEVELS[Math.min(level, LEVELS.length) - 1] ?? 'h6';
  return <Level className={styles.heading}>{children}</Level>;
}
