import Button from '@atlaskit/button/new';
import Spinner from '@atlaskit/spinner';
import { useAskApproval } from '../api/signIns';
import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Copyable } from '../ui/Copyable';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';

/** A sign-in that a Microsoft administrator has to approve: the link for them, and the waiting. */
export function ApprovalWait({ signIn }: { signIn: SignIn }) {
  const ask = useAskApproval();
  const { id, approval_url, approved_at, rights } = signIn;
  if (signIn.state !== 'waiting_for_approval') return null;
  if (approved_at)
    return <Waiting words={t('approval.approved', { when: fullTime(approved_at) })} />;
  return (
    <Stack>
      <p>{t('approval.text')}</p>
      {rights.length > 0 && <Rights rights={rights} />}
      {approval_url ? (
        <Copyable label={t('approval.link')} text={approval_url} />
      ) : (
        <Row>
          <Button appearance="primary" isLoading={ask.isPending} onClick={() => ask.mutate({ id })}>
            {t('start.approval.button')}
          </Button>
        </Row>
      )}
      {ask.error && <FailureMessage error={ask.error} title={t('failure.action.title')} />}
      <small>{t('approval.valid', { when: fullTime(signIn.expires_at) })}</small>
      <Waiting words={t('approval.waiting')} />
    </Stack>
  );
}

function Rights({ rights }: { rights: string[] }) {
  return (
    <div>
      <span>{t('approval.rights')}</span>
      <ul>
        {rights.map((right) => (
          <li key={right}>{right}</li>
        ))}
      </ul>
    </div>
  );
}

function Waiting({ words }: { words: string }) {
  return (
    <div role="status">
      <Row>
        <Spinner size="small" />
        <span>{words}</span>
      </Row>
    </div>
  );
}
