import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { PageHeader } from '../ui/PageHeader';
import { Stack } from '../ui/Stack';
import { CreateForm } from './CreateForm';

/** A connection in another way than the one button: EWS, a shared mailbox, another registration. */
export function CreatePage() {
  const { query } = useLocation();
  const purpose = query.get('purpose');
  const back = purpose === 'outbound' ? 'outbounds' : 'sources';
  return (
    <Stack>
      <PageHeader
        title={t('create.title')}
        question={t('create.question')}
        back={{ href: to(`messaging/${back}`), label: t(`messaging.${back}`) }}
      />
      <CreateForm purpose={purpose === 'source' || purpose === 'outbound' ? purpose : 'both'} />
    </Stack>
  );
}
