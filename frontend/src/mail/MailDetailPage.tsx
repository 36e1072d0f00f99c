import { useMayChange } from '../access/RoleContext';
import { useMail } from '../api/mails';
import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { AsItCame } from './AsItCame';
import styles from './MailDetailPage.module.css';
import { MailVerdict } from './MailVerdict';
import { RetryButton } from './RetryButton';
import { Trace } from './Trace';
import { WhatJiraGot } from './WhatJiraGot';

/** Why? The mail as it came, what was decided, what Jira got. */
export function MailDetailPage({ id }: { id: string }) {
  const mail = useMail(id);
  const mayChange = useMayChange();
  return (
    <Stack>
      <PageHeader
        title={mail.data ? mail.data.subject || t('mail.noSubject') : t('mail.title')}
        back={{ href: to('mail'), label: t('mail.title') }}
        actions={mail.data && mayChange && <RetryButton mail={mail.data} />}
      />
      <Loaded query={mail} skeleton={<Skeleton lines={3} size="block" />}>
        {(data) => <Columns mail={data} />}
      </Loaded>
    </Stack>
  );
}

function Columns({ mail }: { mail: MailDetail }) {
  return (
    <Stack>
      <MailVerdict mail={mail} />
      <div className={styles.columns}>
        <AsItCame mail={mail} />
        <Trace mail={mail} />
        <WhatJiraGot mail={mail} />
      </div>
    </Stack>
  );
}
