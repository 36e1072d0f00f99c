import { useOverview } from '../api/overview';
import type { Overview } from '../api/types';
import { t } from '../messages/t';
import { MoveOffer } from '../move/MoveOffer';
import { to } from '../router/location';
import { FirstRun } from '../start/FirstRun';
import { Card } from '../ui/Card';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { HoursChart } from './HoursChart';
import { Needs } from './Needs';
import { OldestWaiting } from './OldestWaiting';
import styles from './OverviewPage.module.css';
import { Verdict } from './Verdict';
import { WeekFacts } from './WeekFacts';

/** Is my mail flowing? Or, when there is no mailbox yet, how to connect one. */
export function OverviewPage() {
  const overview = useOverview();
  const isNew = overview.data && overview.data.sources + overview.data.outbounds === 0;
  return (
    <Stack>
      {!isNew && <PageHeader title={t('overview.title')} />}
      <MoveOffer />
      {isNew ? (
        <FirstRun />
      ) : (
        <Loaded query={overview} skeleton={<Skeleton lines={3} size="block" />}>
          {(data) => <Answer overview={data} />}
        </Loaded>
      )}
    </Stack>
  );
}

function Answer({ overview }: { overview: Overview }) {
  const { sources, outbounds } = overview;
  return (
    <Stack>
      <Verdict tone={overview.tone} sentence={overview.sentence} />
      <Needs needs={overview.needs} />
      <Card title={t('overview.hours')}>
        <HoursChart hours={overview.hours} />
      </Card>
      <div className={styles.columns}>
        <WeekFacts week={overview.week} />
        <OldestWaiting at={overview.oldest_waiting_at} />
      </div>
      <a href={to('messaging/sources')}>{t('overview.connections', { sources, outbounds })}</a>
    </Stack>
  );
}
