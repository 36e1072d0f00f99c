import Button from '@atlaskit/button/new';
import { useCheckRegistration } from '../api/registrations';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';

/** Asks Microsoft whether it takes the credential. What it says stands in the registration's state afterwards. */
export function CheckRegistration({ id }: { id: string }) {
  const check = useCheckRegistration(id);
  return (
    <>
      <Button spacing="compact" isLoading={check.isPending} onClick={() => check.mutate()}>
        {t('registration.check')}
      </Button>
      <span role="status">{check.data?.state.ok && t('registration.checked')}</span>
      {check.error && <FailureMessage error={check.error} title={t('failure.action.title')} />}
    </>
  );
}
