import type { Week } from '../api/types';
import { MAIL_STATES } from '../mail/mailStates';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';

/** The week's mails by what became of them, each number a link to its mails. */
export function WeekFacts({ week }: { week: Week }) {
  const { received, waiting } = week;
  return (
    <Card title={t('overview.week')}>
      <p>{t('overview.week.accounted', { accounted: received - waiting, received, waiting })}</p>
      <Facts
        facts={MAIL_STATES.map((state) => ({
          name: t(`mail.state.${state}`),
          value: <a href={to('mail', { state })}>{week[state].toLocaleString()}</a>,
        }))}
      />
    </Card>
  );
}
