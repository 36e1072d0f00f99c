import Heading from '@atlaskit/heading';
import type { ReactNode } from 'react';
import styles from './Empty.module.css';

interface EmptyProps {
  title: string;
  text: string;
  children?: ReactNode;
}

/** Says why there is nothing here and what would change that. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <Heading size="small" as="h2">
        {title}
      </Heading>
      <p>{text}</p>
      {children}
    </div>
  );
}
