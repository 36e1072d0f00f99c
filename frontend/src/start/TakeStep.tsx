import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import { useTakeSignIn } from '../api/signIns';
import type { BeginSignIn, SignIn } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Notice } from '../ui/Notice';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { Connected } from './Connected';
import { GapChoice } from './GapChoice';
import { useStartSignIn } from './useStartSignIn';

interface TakeStepProps {
  signIn: SignIn;
  wanted: BeginSignIn;
}

/**
 * Takes a confirmed sign-in. By itself where the person at this page confirmed it in the window;
 * by a click where somebody else signed in, where rights are missing, or where mail of a gap waits.
 */
export function TakeStep({ signIn, wanted }: TakeStepProps) {
  const { mutate, error, isPending } = useTakeSignIn(signIn.id);
  const again = useStartSignIn();
  const taken = useRef(false);
  const confirmed = signIn.state === 'confirmed';
  const { gap, missing_scopes } = signIn;
  const waits = gap !== null && (gap.mails > 0 || gap.more);
  const forOwner = signIn.asked === 'owner';
  const byItself = !forOwner && missing_scopes.length === 0 && !waits;

  useEffect(() => {
    if (!confirmed || !byItself || taken.current) return;
    taken.current = true;
    mutate({});
  }, [confirmed, byItself, mutate]);

  if (!confirmed) return null;
  return (
    <Stack>
      <Connected signIn={signIn} />
      {missing_scopes.length > 0 && (
        <Notice tone="warning" title={t('take.missing')}>
          <p>{t('take.missing.text', { scopes: missing_scopes.join(', ') })}</p>
          <Row>
            <Button
              isLoading={again.isPending}
              onClick={() => (forOwner ? again.makeLink(wanted) : again.start(wanted))}
            >
              {t(forOwner ? 'action.ownerLink' : 'action.signInAgain')}
            </Button>
          </Row>
        </Notice>
      )}
      {waits && <GapChoice gap={gap} isLoading={isPending} onTake={mutate} />}
      {!waits && !byItself && (
        <Row>
          <Button appearance="primary" isLoading={isPending} onClick={() => mutate({})}>
            {t('take.button', { mailbox: signIn.mailbox ?? '' })}
          </Button>
        </Row>
      )}
      {error && (
        <FailureMessage
          error={error}
          title={t('signIn.take.failed')}
          onRetry={byItself ? () => mutate({}) : undefined}
        />
      )}
    </Stack>
  );
}
