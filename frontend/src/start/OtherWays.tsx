import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { BeginSignIn } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { FailureMessage } from '../ui/FailureMessage';
import { Fold } from '../ui/Fold';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';
import { useStartSignIn } from './useStartSignIn';

/** For who cannot sign in here: the owner's link, the administrator's link, and the special cases. */
export function OtherWays({ purpose }: { purpose: BeginSignIn['purpose'] }) {
  const approval = useStartSignIn();
  return (
    <>
      <Fold title={t('start.owner.title')}>
        <OwnerLink purpose={purpose} />
      </Fold>
      <Fold title={t('start.approval.title')}>
        <p>{t('start.approval.text')}</p>
        <Button isLoading={approval.isPending} onClick={() => approval.askApproval({ purpose })}>
          {t('start.approval.button')}
        </Button>
        {approval.error && (
          <FailureMessage error={approval.error} title={t('failure.action.title')} />
        )}
      </Fold>
      <p>
        <a href={to('create', { purpose })}>{t('start.special')}</a>
      </p>
    </>
  );
}

function OwnerLink({ purpose }: { purpose: BeginSignIn['purpose'] }) {
  const signIn = useStartSignIn();
  const [mailbox, setMailbox] = useState('');
  const make = (event: FormEvent) => {
    event.preventDefault();
    signIn.makeLink({ purpose, ...(mailbox ? { mailbox } : {}) });
  };
  return (
    <form onSubmit={make}>
      <Stack gap="small">
        <p>{t('start.owner.text')}</p>
        <TextField
          label={t('start.owner.mailbox')}
          hint={t('start.owner.mailbox.hint')}
          type="email"
          value={mailbox}
          onChange={setMailbox}
        />
        <Row>
          <Button type="submit" isLoading={signIn.isPending}>
            {t('start.owner.button')}
          </Button>
        </Row>
        {signIn.error && <FailureMessage error={signIn.error} title={t('failure.action.title')} />}
      </Stack>
    </form>
  );
}
