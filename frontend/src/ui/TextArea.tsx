import styles from './TextArea.module.css';

interface TextAreaProps {
  id: string;
  describedBy: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** Lines that are pasted, not written: in a type where every letter is as wide as the next. */
export function TextArea({ id, describedBy, value, onChange }: TextAreaProps) {
  return (
    <textarea
      id={id}
      className={styles.area}
      aria-describedby={describedBy}
      rows={6}
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
