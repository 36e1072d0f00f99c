import type { AuditEntry } from '../api/types';
import { to } from '../router/location';

type Subject = NonNullable<AuditEntry['subject']>;

const PAGES: Partial<Record<Subject['kind'], string>> = {
  source: 'sources',
  outbound: 'outbounds',
  mail: 'mail',
  registration: 'microsoft/registrations',
};

/** The page of what was changed; `null` where it has none. What is deleted is still linked: it says so. */
export function subjectPage(subject: Subject): string | null {
  const page = PAGES[subject.kind];
  return page ? to(`${page}/${subject.id}`) : null;
}
