import Button from '@atlaskit/button/new';
import type { BeginSignIn } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { useStartSignIn } from './useStartSignIn';

export function SignInButton({ purpose }: { purpose: BeginSignIn['purpose'] }) {
  const signIn = useStartSignIn();
  return (
    <div>
      <Button
        appearance="primary"
        isLoading={signIn.isPending}
        onClick={() => signIn.start({ purpose })}
      >
        {t('messaging.signIn')}
      </Button>
      {signIn.error && <FailureMessage error={signIn.error} title={t('failure.action.title')} />}
    </div>
  );
}
