import { useId } from 'react';
import styles from './FilterLinks.module.css';

export interface FilterLink {
  label: string;
  href: string;
  current: boolean;
}

/** A filter whose choices are links. */
export function FilterLinks({ label, links }: { label: string; links: FilterLink[] }) {
  const id = useId();
  return (
    <nav className={styles.filter} aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      {links.map(({ label: text, href, current }) => (
        <a
          key={href}
          href={href}
          className={styles.link}
          aria-current={current ? 'true' : undefined}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
