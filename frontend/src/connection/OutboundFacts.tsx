import type { Outbound } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';
import { RegistrationLink } from './RegistrationLink';

/** What there is to know about a message outbound. */
export function OutboundFacts({ outbound }: { outbound: Outbound }) {
  const protocol = outbound.protocol === 'ews' ? 'ews' : 'graph';
  return (
    <Card title={t('connection.details')}>
      <Facts
        facts={[
          { name: t('connection.sent'), value: outbound.sent },
          { name: t('connection.waiting'), value: outbound.waiting },
          { name: t('connection.lastSuccess'), value: <Ago at={outbound.last_success_at} /> },
          { name: t('connection.mailbox'), value: outbound.mailbox },
          { name: t('outbound.from'), value: outbound.from_address ?? outbound.mailbox },
          { name: t('connection.signedInAs'), value: outbound.signed_in_as },
          { name: t('connection.protocol'), value: t(`connection.protocol.${protocol}`) },
          {
            name: t('create.registration'),
            value: <RegistrationLink id={outbound.registration_id} />,
          },
          { name: t('connection.created'), value: fullTime(outbound.created_at) },
        ]}
      />
    </Card>
  );
}
