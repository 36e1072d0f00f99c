import { t } from '../messages/t';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import type { Draft } from './draft';

interface CredentialFieldsProps {
  draft: Draft;
  /** What is there already may stay. */
  optional?: boolean;
  onChange: (draft: Draft) => void;
}

/** How Postroom proves to Microsoft that it is the app. */
export function CredentialFields({ draft, optional, onChange }: CredentialFieldsProps) {
  const hint = (text: string) => (optional ? `${text} ${t('registration.credential.keep')}` : text);
  return (
    <>
      <Choice
        label={t('registration.credential')}
        value={draft.credential}
        options={[
          { value: 'certificate', label: t('registration.kind.certificate') },
          { value: 'secret', label: t('registration.kind.secret') },
        ]}
        onChoose={(credential) => onChange({ ...draft, credential })}
      />
      {draft.credential === 'certificate' ? (
        <Field label={t('registration.pem')} hint={hint(t('registration.pem.hint'))}>
          {({ id, describedBy }) => (
            <TextArea
              id={id}
              describedBy={describedBy}
              value={draft.certificate_pem}
              onChange={(certificate_pem) => onChange({ ...draft, certificate_pem })}
            />
          )}
        </Field>
      ) : (
        <>
          <TextField
            label={t('registration.secret')}
            hint={hint(t('registration.secret.hint'))}
            type="password"
            required={!optional}
            value={draft.secret}
            onChange={(secret) => onChange({ ...draft, secret })}
          />
          <TextField
            label={t('registration.secret.ends')}
            type="date"
            value={draft.secret_ends}
            onChange={(secret_ends) => onChange({ ...draft, secret_ends })}
          />
        </>
      )}
    </>
  );
}
