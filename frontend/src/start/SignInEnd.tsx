import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import type { BeginSignIn, SignIn, SignInFailure } from '../api/types';
import { t } from '../messages/t';
import { Copyable } from '../ui/Copyable';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { useStartSignIn } from './useStartSignIn';

interface SignInEndProps {
  signIn: SignIn;
  /** What was wanted, to begin again with it. */
  wanted: BeginSignIn;
}

/** A sign-in that did not succeed: why, who acts, and the way on. */
export function SignInEnd({ signIn, wanted }: SignInEndProps) {
  const restart = useStartSignIn();
  if (signIn.state !== 'failed' && signIn.state !== 'expired') return null;
  const { failure } = signIn;
  const forOwner = signIn.asked === 'owner';
  return (
    <Stack>
      <div role="alert">
        {failure ? (
          <FailureWords failure={failure} />
        ) : (
          <SectionMessage appearance="warning" title={t('signIn.expired')}>
            <p>{t('signIn.expired.text')}</p>
          </SectionMessage>
        )}
      </div>
      <Row>
        <Button
          appearance="primary"
          isLoading={restart.isPending}
          onClick={() => (forOwner ? restart.makeLink(wanted) : restart.start(wanted))}
        >
          {t(forOwner ? 'start.owner.button' : 'signIn.again')}
        </Button>
      </Row>
      {restart.error && <FailureMessage error={restart.error} title={t('failure.action.title')} />}
    </Stack>
  );
}

function FailureWords({ failure }: { failure: SignInFailure }) {
  return (
    <SectionMessage appearance="error" title={t('signIn.failed')}>
      <Stack gap="small">
        <p>{failure.message}</p>
        <p>
          {failure.action} ({t(`who.${failure.who_acts}`)})
        </p>
        {failure.admin_url && (
          <Copyable label={t('signIn.failed.admin')} text={failure.admin_url} />
        )}
        <Copyable label={t('signIn.failed.codeTitle')} text={failure.code} />
      </Stack>
    </SectionMessage>
  );
}
