import { t } from '../messages/t';
import { Empty } from '../ui/Empty';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';

/** A page that exists, but not for this person. */
export function ForAdministrators() {
  return (
    <Stack>
      <PageHeader title={t('app.name')} />
      <Empty title={t('failure.admin.title')} text={t('failure.admin.action')} />
    </Stack>
  );
}
