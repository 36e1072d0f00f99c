import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { Facts } from '../ui/Facts';
import { Notice } from '../ui/Notice';

/** Who signed in for which mailbox, and with which rights, before it is connected. */
export function Connected({ signIn }: { signIn: SignIn }) {
  const { mailbox, signed_in_as, signer_is_mailbox, rights, site } = signIn;
  return (
    <>
      {signer_is_mailbox === false && (
        <Notice
          tone="information"
          title={t('take.other', { signer: signed_in_as ?? '', mailbox: mailbox ?? '' })}
        >
          <p>{t('take.other.text')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: t('connection.mailbox'), value: mailbox },
          { name: t('connection.signedInAs'), value: signed_in_as },
          { name: t('connection.rights'), value: rights.join(', ') || t('common.none') },
          { name: t('take.site'), value: site },
        ]}
      />
    </>
  );
}
