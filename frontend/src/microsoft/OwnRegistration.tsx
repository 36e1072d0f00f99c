import type { MicrosoftOverview } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { Card } from '../ui/Card';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { Stack } from '../ui/Stack';

/** What people sign in with unless the site brings an app registration of its own. */
export function OwnRegistration({ own }: { own: MicrosoftOverview['own'] }) {
  const { client_id, cloud, expires_at } = own;
  return (
    <Card title={t('microsoft.own')}>
      <Stack gap="small">
        <p>{t('microsoft.own.text')}</p>
        <Facts
          facts={[
            { name: t('microsoft.directory.cloud'), value: t(`microsoft.cloud.${cloud}`) },
            {
              name: t('microsoft.credential.ends'),
              value: expires_at ? dayOf(expires_at) : t('microsoft.credential.unknown'),
            },
          ]}
        />
        <Copyable label={t('microsoft.client')} text={client_id} />
      </Stack>
    </Card>
  );
}
