import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { type GuideCase, useAddRegistration } from '../api/registrations';
import { t } from '../messages/t';
import { go, to } from '../router/location';
import { Card } from '../ui/Card';
import { FailureMessage } from '../ui/FailureMessage';
import { PageHeader } from '../ui/PageHeader';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';
import { CredentialFields } from './CredentialFields';
import { type Draft, EMPTY, toAdd } from './draft';
import { GuideSteps } from './GuideSteps';
import { RegistrationFields } from './RegistrationFields';

/** Which app shall people sign in with? The steps beside the form are those of what is chosen in it. */
export function NewRegistrationPage() {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const add = useAddRegistration();
  const save = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(toAdd(draft), { onSuccess: () => go(to('microsoft')) });
  };
  return (
    <Stack>
      <PageHeader
        title={t('registration.new.title')}
        question={t('registration.new.question')}
        back={{ href: to('microsoft'), label: t('microsoft.title') }}
      />
      <Card title={t('registration.new.title')}>
        <form onSubmit={save}>
          <Stack>
            <TextField
              label={t('registration.name')}
              hint={t('registration.name.hint')}
              required
              maxLength={100}
              value={draft.name}
              onChange={(name) => setDraft({ ...draft, name })}
            />
            <RegistrationFields draft={draft} onChange={setDraft} />
            <CredentialFields draft={draft} onChange={setDraft} />
            {add.error && <FailureMessage error={add.error} title={t('failure.action.title')} />}
            <Row>
              <Button type="submit" appearance="primary" isLoading={add.isPending}>
                {t('registration.save')}
              </Button>
            </Row>
          </Stack>
        </form>
      </Card>
      <GuideSteps of={caseOf(draft)} />
    </Stack>
  );
}

function caseOf({ cloud, audience, credential, protocol }: Draft): GuideCase {
  return { cloud, audience, credential, protocol };
}
