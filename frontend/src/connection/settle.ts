import type { Source } from '../api/types';
import { t } from '../messages/t';

const WAYS = ['mark_read', 'move', 'leave'] as const satisfies Source['settle'][];

/** What may happen in the mailbox to a mail that is done, in words. */
export function settleOptions(): { value: Source['settle']; label: string }[] {
  return WAYS.map((value) => ({ value, label: t(`edit.settle.${value}`) }));
}
