import { useEffect, useRef } from 'react';
import { useLocation } from '../router/location';
import { Nav } from './Nav';
import { Page } from './Page';
import styles from './Shell.module.css';

/** The navigation and the page under it. */
export function Shell() {
  const { path } = useLocation();
  const main = useRef<HTMLElement>(null);
  const page = path.join('/');
  const first = useRef(page);
  useEffect(() => {
    // A reader's place goes to the new page, as it would on a page load; not on the first.
    if (first.current === page) return;
    first.current = '';
    main.current?.focus({ preventScroll: true });
    window.scrollTo?.(0, 0);
  }, [page]);
  return (
    <div className={styles.shell}>
      <Nav section={path[0]} />
      <main ref={main} tabIndex={-1} className={styles.main}>
        <Page path={path} />
      </main>
    </div>
  );
}
