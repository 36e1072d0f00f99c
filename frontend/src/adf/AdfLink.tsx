import type { ReactNode } from 'react';
import { safeHref } from './safeHref';

/** A link out of a mail: never trusted, never told where it was clicked. */
export function AdfLink({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeHref(href);
  if (!safe) return <>{children}</>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
