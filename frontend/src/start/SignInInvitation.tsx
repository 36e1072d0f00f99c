import SectionMessage from '@atlaskit/section-message';
import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Copyable } from '../ui/Copyable';
import { LinkOut } from '../ui/LinkOut';
import { Stack } from '../ui/Stack';
import { useWindowState } from './signInWindows';

interface SignInInvitationProps {
  signIn: SignIn;
  /** The link goes to the owner of the mailbox; nobody signs in here. */
  forOwner: boolean;
}

/** What the person has to do meanwhile, and the link when the window is not there. */
export function SignInInvitation({ signIn, forOwner }: SignInInvitationProps) {
  const opened = useWindowState(signIn.id);
  if (signIn.state !== 'started' && signIn.state !== 'authorized') return null;
  if (forOwner) {
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
  return (
    <p>
      {t('signIn.waiting')} {opened === 'none' && link}
    </p>
  );
}
