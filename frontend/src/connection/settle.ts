import type { Source } from '../api/types';
import { t } from '../messages/t';

const WAYS = [
  'mark_read',
  'move',
  'categorise',
  'delete',
  'leave',
] as const satisfies Source['settle'][];

/** What may happen in the mailbox to a mail that is done, in words. */
export function settleOptions(): { value: Source['settle']; label: string }[] {
  return WAYS.map((value) => ({ value, label: t(`edit.settle.${value}`) }));
}

/** What happens to a mail of this source that is done, with the folder or the category by name. */
export function settleText({ settle, settle_folder, settle_category }: Source): string {
  if (settle === 'move' && settle_folder) {
    return t('settle.move.to', { folder: settle_folder.name });
  }
  if (settle === 'categorise' && settle_category) {
    return t('settle.categorise.as', { category: settle_category });
  }
  return t(`edit.settle.${settle}`);
}
