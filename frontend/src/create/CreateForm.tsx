import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { Failure } from '../api/failure';
import type { BeginSignIn } from '../api/types';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Choice } from '../ui/Choice';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';
import styles from './CreateForm.module.css';
import { type Draft, emptyDraft } from './draft';
import { GrantField } from './GrantField';
import { ProtocolChoice } from './ProtocolChoice';
import { RegistrationField } from './RegistrationField';
import { useCreate } from './useCreate';

const ACCESS = ['me', 'admin', 'owner', 'approval', 'grant'] as const;
const PURPOSES = ['both', 'source', 'outbound'] as const;
/** What a grant answers when it is not enough; a sign-in mends each of them. */
const NEEDS_SIGN_IN: ReadonlySet<string> = new Set(['missing_scopes', 'needs_sign_in']);

export function CreateForm({ purpose }: { purpose: BeginSignIn['purpose'] }) {
  const { create, isPending, error } = useCreate();
  const [draft, setDraft] = useState(() => emptyDraft(purpose));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { access, mailbox } = draft;
  const ofGrant = access === 'grant';
  // A grant that is there makes one connection at a time.
  const purposes = ofGrant ? PURPOSES.filter((one) => one !== 'both') : PURPOSES;
  const chosen = ofGrant && draft.purpose === 'both' ? 'source' : draft.purpose;
  const whole: Draft = { ...draft, purpose: chosen };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create(whole);
  };
  const mends = error instanceof Failure && NEEDS_SIGN_IN.has(error.code);

  return (
    <form className={styles.form} onSubmit={submit}>
      <Card title={t('create.access')}>
        <Choice
          label={t('create.access')}
          hideLabel
          value={access}
          options={ACCESS.map((value) => ({ value, label: t(`create.access.${value}`) }))}
          onChoose={(value) => set({ access: value })}
        />
        <p>{t(`create.access.${access}.text`)}</p>
        {ofGrant ? (
          <GrantField value={draft.grant_id} onChoose={set} />
        ) : (
          <RegistrationField
            value={draft.registration_id}
            onChoose={(registration_id) => set({ registration_id })}
          />
        )}
      </Card>
      <Card title={t('create.mailbox')}>
        <TextField
          label={t('create.address')}
          hint={t(ofGrant ? 'create.address.hint.grant' : 'create.address.hint')}
          type="email"
          required={ofGrant}
          value={mailbox}
          onChange={(value) => set({ mailbox: value })}
        />
        <Choice
          label={t('create.purpose')}
          value={chosen}
          options={purposes.map((value) => ({ value, label: t(`create.purpose.${value}`) }))}
          onChoose={(value) => set({ purpose: value })}
        />
        {ofGrant && chosen === 'outbound' && (
          <TextField
            label={t('outbound.from')}
            hint={t('outbound.from.hint')}
            type="email"
            value={draft.from_address}
            onChange={(from_address) => set({ from_address })}
          />
        )}
        <ProtocolChoice value={draft.protocol} onChoose={(protocol) => set({ protocol })} />
      </Card>
      <Stack gap="small">
        {!!error && <FailureMessage error={error} title={t('create.failed')} />}
        <Row>
          <Button
            appearance="primary"
            type="submit"
            isLoading={isPending}
            isDisabled={ofGrant && !draft.grant_id}
          >
            {t(`create.access.${access}.button`)}
          </Button>
          {mends && (
            <Button onClick={() => create({ ...whole, access: 'me' })}>
              {t('action.signInAgain')}
            </Button>
          )}
        </Row>
      </Stack>
    </form>
  );
}
