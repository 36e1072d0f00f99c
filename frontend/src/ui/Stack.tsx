import type { ReactNode } from 'react';
import styles from './Stack.module.css';

interface StackProps {
  children: ReactNode;
  gap?: 'small' | 'medium' | 'large';
}

/** Things under one another, evenly spaced. */
export function Stack({ children, gap = 'medium' }: StackProps) {
  return <div className={`${styles.stack} ${styles[gap]}`}>{children}</div>;
}
