import VisuallyHidden from '@atlaskit/visually-hidden';
import type { ReactNode } from 'react';
import { t } from '../messages/t';

/** A link that leaves the panel, into a window of its own. */
export function LinkOut({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <VisuallyHidden> ({t('common.newWindow')})</VisuallyHidden>
    </a>
  );
}
