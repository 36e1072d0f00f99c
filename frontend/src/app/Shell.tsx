import { useEffect, useRef } from 'react';
import { ReadOnlyNote } from '../access/ReadOnlyNote';
import { RoleProvider } from '../access/RoleContext';
import { roleOf } from '../access/roleOf';
import { useMe } from '../api/me';
import { useLocation } from '../router/location';
import { Skeleton } from '../ui/Skeleton';
import { Nav } from './Nav';
import { Page } from './Page';
import { ProjectPage } from './ProjectPage';
import styles from './Shell.module.css';

/** The navigation and the page under it. */
export function Shell() {
  const { path } = useLocation();
  const me = useMe();
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

  // Pages of an administrator must not flash up before somebody who is none.
  if (me.isPending) return <Skeleton lines={3} size="block" />;
  const role = roleOf(me.data);
  return (
    <RoleProvider value={role}>
      <div className={styles.shell}>
        {role !== 'none' && (
          <Nav
            section={path[0] ?? (role === 'administrator' ? undefined : 'messaging')}
            role={role}
          />
        )}
        <main ref={main} tabIndex={-1} className={styles.main}>
          {role === 'project_administrator' && <ReadOnlyNote />}
          {role === 'administrator' ? (
            <Page path={path} />
          ) : (
            <ProjectPage path={path} role={role} />
          )}
        </main>
      </div>
    </RoleProvider>
  );
}
