import { RadioGroup } from '@atlaskit/radio';
import { useId } from 'react';
import styles from './Choice.module.css';

interface ChoiceProps<T extends string> {
  label: string;
  /** The question is told by what stands around it, and said to those who listen only. */
  hideLabel?: boolean;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, hideLabel, value, options, onChoose } = props;
  const id = useId();
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen);
    if (option) onChoose(option.value);
  };
  return (
    <div>
      <span id={id} className={styles.label} hidden={hideLabel}>
        {label}
      </span>
      <RadioGroup
        aria-labelledby={id}
        name={id}
        value={value}
        options={[...options]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </div>
  );
}
