import { useMayChange } from '../access/RoleContext';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { to } from '../router/location';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';
import { targetText } from './targetText';

/** What there is to know about a message source. */
export function SourceFacts({ source }: { source: Source }) {
  const { waiting, total } = source;
  const protocol = source.protocol === 'ews' ? 'ews' : 'graph';
  return (
    <Card title={t('connection.details')}>
      <Facts
        facts={[
          {
            name: t('connection.accounted'),
            value: t('connection.accounted.value', { accounted: total - waiting, total, waiting }),
          },
          { name: t('connection.lastMail'), value: <Ago at={source.last_mail_at} /> },
          { name: t('connection.lastSuccess'), value: <Ago at={source.last_success_at} /> },
          { name: t('connection.nextPoll'), value: <Ago at={source.next_poll_at} /> },
          { name: t('connection.target'), value: targetText(source.target) },
          { name: t('connection.settle'), value: t(`edit.settle.${source.settle}`) },
          { name: t('connection.startFrom'), value: startFrom(source) },
          { name: t('connection.mailbox'), value: source.mailbox },
          { name: t('connection.folder'), value: source.folder.name },
          { name: t('connection.signedInAs'), value: source.signed_in_as },
          { name: t('connection.replies'), value: <Replies source={source} /> },
          { name: t('connection.protocol'), value: t(`connection.protocol.${protocol}`) },
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
