import styles from './Copyable.module.css';
import { CopyButton } from './CopyButton';

/** A link or an id in full, with the button that copies it. */
export function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div className={styles.copyable}>
      <span className={styles.label}>{label}</span>
      <code className={styles.text}>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
