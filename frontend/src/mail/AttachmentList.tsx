import type { Attachment } from '../api/types';
import { fileSize } from '../messages/size';
import { t } from '../messages/t';
import styles from './AttachmentList.module.css';

/** The manifest of a mail's attachments. */
export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  if (attachments.length === 0) return <p>{t('mail.attachments.none')}</p>;
  return (
    <ul className={styles.list}>
      {attachments.map((attachment, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two attachments may have one name, and the list never changes
        <li key={place}>
          <span>{attachment.name}</span>
          <span className={styles.note}>{describe(attachment)}</span>
        </li>
      ))}
    </ul>
  );
}

function describe({ media_type, size_bytes, inline, stored, note }: Attachment): string {
  const words = [
    media_type,
    fileSize(size_bytes),
    inline && t('mail.attachment.inline'),
    t(stored ? 'mail.attachment.kept' : 'mail.attachment.notKept'),
    note,
  ];
  return words.filter(Boolean).join(', ');
}
