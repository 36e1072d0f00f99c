import { t } from '../messages/t';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { MailLog } from './MailLog';

/** The mail that came for somebody's projects. */
export function ProjectMailPage() {
  return (
    <Stack>
      <PageHeader title={t('mail.title')} question={t('mail.question')} />
      <MailLog />
    </Stack>
  );
}
