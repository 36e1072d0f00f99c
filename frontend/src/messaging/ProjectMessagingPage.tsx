import { t } from '../messages/t';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { SourcesTab } from './SourcesTab';

/** The mailboxes whose mail goes to somebody's projects. */
export function ProjectMessagingPage() {
  return (
    <Stack>
      <PageHeader title={t('messaging.title')} question={t('messaging.question')} />
      <SourcesTab />
    </Stack>
  );
}
