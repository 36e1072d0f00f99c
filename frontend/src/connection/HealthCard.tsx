import type { Source, Tone } from '../api/types';
import { t } from '../messages/t';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';
import { Lag } from '../ui/Lag';
import { StateLozenge } from '../ui/StateLozenge';

const TONES: Record<Source['push']['state'], Tone> = {
  live: 'success',
  starting: 'inprogress',
  down: 'moved',
  off: 'default',
  not_available: 'default',
};

/** How fresh a source is, and whether Microsoft tells of new mail by itself. */
export function HealthCard({ source }: { source: Source }) {
  const { push } = source;
  return (
    <Card title={t('health.title')}>
      <Facts
        facts={[
          { name: t('health.lag'), value: <Lag seconds={source.lag_seconds} /> },
          { name: t('connection.lastSuccess'), value: <Ago at={source.last_success_at} /> },
          { name: t('connection.lastMail'), value: <Ago at={source.last_mail_at} /> },
          { name: t('health.caughtUp'), value: <Ago at={source.caught_up_at} /> },
          { name: t('connection.nextPoll'), value: <Ago at={source.next_poll_at} /> },
          {
            name: t('health.push'),
            value: (
              <>
                <StateLozenge tone={TONES[push.state]}>{t(`push.${push.state}`)}</StateLozenge>{' '}
                {push.sentence}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
