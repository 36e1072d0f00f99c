import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { useAlertChannels } from '../api/alertChannels';
import { t } from '../messages/t';
import { Card } from '../ui/Card';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { AddChannel } from './AddChannel';
import { ChannelTable } from './ChannelTable';
import { SettingsNav } from './SettingsNav';

/** Who is told when a mailbox stops? */
export function SettingsPage() {
  const channels = useAlertChannels();
  const [adds, setAdds] = useState(false);
  return (
    <Stack>
      <PageHeader title={t('settings.title')} question={t('settings.question')} />
      <SettingsNav current="alerts" />
      <Card
        title={t('alerts.title')}
        aside={
          <Button spacing="compact" onClick={() => setAdds(true)}>
            {t('alerts.add')}
          </Button>
        }
      >
        <Stack gap="small">
          <p>{t('alerts.text')}</p>
          <Loaded query={channels} skeleton={<Skeleton lines={3} size="row" />}>
            {(found) => <ChannelTable channels={found} />}
          </Loaded>
        </Stack>
      </Card>
      {adds && <AddChannel onClose={() => setAdds(false)} />}
    </Stack>
  );
}
