import Select from '@atlaskit/select';
import { t } from '../messages/t';
import { Field } from './Field';

interface SelectFieldProps<T extends string> {
  label: string;
  hint?: string | undefined;
  value: T | null;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

/** One of many, with its label. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, value, options, onChoose } = props;
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <Select
          inputId={id}
          aria-describedby={describedBy}
          options={[...options]}
          value={options.find((option) => option.value === value) ?? null}
          onChange={(option) => option && onChoose(option.value)}
          placeholder={t('common.choose')}
          menuPosition="fixed"
        />
      )}
    </Field>
  );
}
