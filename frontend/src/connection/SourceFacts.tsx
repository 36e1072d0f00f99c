import { useMayChange } from '../access/RoleContext';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { to } from '../router/location';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';
import { RegistrationLink } from './RegistrationLink';
import { settleText } from './settle';
import { targetText } from './targetText';

/** What there is to know about a message source. */
export function SourceFacts({ source }: { source: Source }) {
  const protocol = source.protocol === 'ews' ? 'ews' : 'graph';
  return (
    <Card title={t('connection.details')}>
      <Facts
        facts={[
          { name: t('connection.target'), value: targetText(source.target) },
          { name: t('connection.settle'), value: settleText(source) },
          { name: t('connection.startFrom'), value: startFrom(source) },
          { name: t('connection.mailbox'), value: source.mailbox },
          { name: t('connection.folder'), value: source.folder.name },
          { name: t('connection.signedInAs'), value: source.signed_in_as },
          { name: t('connection.replies'), value: <Replies source={source} /> },
          { name: t('connection.protocol'), value: t(`connection.protocol.${protocol}`) },
          {
            name: t('create.registration'),
            value: <RegistrationLink id={source.registration_id} />,
          },
          { name: t('connection.created'), value: fullTime(source.created_at) },
        ]}
      />
    </Card>
  );
}

function startFrom({ start_from }: Source): string {
  return start_from ? fullTime(start_from) : t('connection.startFrom.everything');
}

function Replies({ source }: { source: Source }) {
  const mayChange = useMayChange();
  if (!source.outbound_id) return <>{t('connection.replies.none')}</>;
  if (!mayChange) return <>{t('connection.outbound')}</>;
  return <a href={to(`outbounds/${source.outbound_id}`)}>{t('connection.outbound')}</a>;
}
