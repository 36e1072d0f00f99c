import Textfield from '@atlaskit/textfield';
import type { HTMLInputTypeAttribute } from 'react';
import { Field } from './Field';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  type?: HTMLInputTypeAttribute;
  required?: boolean;
  maxLength?: number;
}

/** A line of text with its label. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, type = 'text', required = false, maxLength } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <Textfield
          id={id}
          type={type}
          autoComplete="off"
          aria-describedby={describedBy}
          isInvalid={!!error}
          isRequired={required}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
