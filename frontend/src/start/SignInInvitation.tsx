import SectionMessage from '@atlaskit/section-message';
import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Copyable } from '../ui/Copyable';
import { LinkOut } from '../ui/LinkOut';
import { Notice } from '../ui/Notice';
import { Stack } from '../ui/Stack';
import { useWindowState } from './signInWindows';

/** What the person has to do meanwhile, and the link when the window is not there. */
export function SignInInvitation({ signIn }: { signIn: SignIn }) {
  const opened = useWindowState(signIn.id);
  if (signIn.state !== 'started' && signIn.state !== 'authorized') return null;
  // The link goes to the owner of the mailbox; nobody signs in here.
  if (signIn.asked === 'owner') {
    return (
      <Stack gap="small">
        <p>{t('signIn.waiting.link')}</p>
        <Copyable label={t('signIn.link')} text={signIn.url} />
        <small>{t('signIn.link.valid', { when: fullTime(signIn.expires_at) })}</small>
      </Stack>
    );
  }
  const link = <LinkOut href={signIn.url}>{t('signIn.open')}</LinkOut>;
  if (opened === 'blocked' || opened === 'closed') {
    return (
      <div role="alert">
        <SectionMessage appearance="warning" title={t(`signIn.${opened}`)}>
          <p>
            {t(`signIn.${opened}.text`)} {link}
          </p>
        </SectionMessage>
      </div>
    );
  }
  if (signIn.approved_at && opened === 'none') {
    return (
      <Notice tone="success" title={t('approval.done', { when: fullTime(signIn.approved_at) })}>
        <p>
          {t('approval.done.text')} {link}
        </p>
      </Notice>
    );
  }
  return (
    <p>
      {t('signIn.waiting')} {opened === 'none' && link}
    </p>
  );
}
