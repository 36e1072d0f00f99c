import type { AuditEntry } from '../api/types';
import { to } from '../router/location';

const PAGES: Record<string, string> = { source: 'sources', outbound: 'outbounds', mail: 'mail' };

/** The page of what was changed; `null` where it has none. What is deleted is still linked: it says so. */
export function subjectPage(subject: NonNullable<AuditEntry['subject']>): string | null {
  const page = PAGES[subject.kind];
  return page ? to(`${page}/${subject.id}`) : null;
}
