import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { useChangeRegistration, useRegistration } from '../api/registrations';
import type { Registration } from '../api/types';
import { t } from '../messages/t';
import { go, to } from '../router/location';
import { Card } from '../ui/Card';
import { Copyable } from '../ui/Copyable';
import { FailureMessage } from '../ui/FailureMessage';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';
import { CredentialFields } from './CredentialFields';
import { type Draft, EMPTY, toChange } from './draft';

/** A registration's name and credential. */
export function RegistrationPage({ id }: { id: string }) {
  const registration = useRegistration(id);
  return <Loaded query={registration}>{(found) => <Change registration={found} />}</Loaded>;
}

function Change({ registration }: { registration: Registration }) {
  const { id, name, client_id, credential } = registration;
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, name, credential: credential.kind });
  const change = useChangeRegistration(id);
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(toChange(draft), { onSuccess: () => go(to('microsoft')) });
  };
  return (
    <Stack>
      <PageHeader
        title={t('registration.edit.title', { name })}
        back={{ href: to('microsoft'), label: t('microsoft.title') }}
      />
      <Card title={registration.state.sentence}>
        <form onSubmit={save}>
          <Stack>
            <p>{t('registration.edit.text')}</p>
            <Copyable label={t('microsoft.client')} text={client_id} />
            {credential.thumbprint && (
              <Copyable label={t('registration.thumbprint')} text={credential.thumbprint} />
            )}
            <TextField
              label={t('registration.name')}
              required
              maxLength={100}
              value={draft.name}
              onChange={(changed) => setDraft({ ...draft, name: changed })}
            />
            <CredentialFields optional draft={draft} onChange={setDraft} />
            {change.error && (
              <FailureMessage error={change.error} title={t('failure.action.title')} />
            )}
            <Row>
              <Button type="submit" appearance="primary" isLoading={change.isPending}>
                {t('registration.save')}
              </Button>
            </Row>
          </Stack>
        </form>
      </Card>
    </Stack>
  );
}
