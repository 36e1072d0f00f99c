import type { AuditEntry } from '../api/types';
import { t } from '../messages/t';

/** Who made a change, in words. */
export function actorName({ kind, name }: AuditEntry['actor']): string {
  return name ?? t(`audit.actor.${kind}`);
}
