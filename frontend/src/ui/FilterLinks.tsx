import styles from './FilterLinks.module.css';

export interface FilterLink {
  label: string;
  href: string;
  current: boolean;
}

/** A filter whose choices are links. */
export function FilterLinks({ label, links }: { label: string; links: FilterLink[] }) {
  return (
    <nav className={styles.filter} aria-label={label}>
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
