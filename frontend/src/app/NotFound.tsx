import { t } from '../messages/t';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';

export function NotFound() {
  return (
    <Stack>
      <PageHeader title={t('app.notFound')} />
      <p>{t('app.notFound.text')}</p>
    </Stack>
  );
}
