import { useIncidents } from '../api/incidents';
import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { SettingsNav } from '../settings/SettingsNav';
import { Empty } from '../ui/Empty';
import { FilterLinks } from '../ui/FilterLinks';
import { Loaded } from '../ui/Loaded';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { IncidentTable } from './IncidentTable';

/** Which connections had trouble, and who was told? Filtered as the address says. */
export function IncidentsPage() {
  const open = useLocation().query.get('open') === 'true';
  const incidents = useIncidents(open);
  return (
    <Stack>
      <PageHeader title={t('incidents.title')} question={t('incidents.question')} />
      <SettingsNav current="incidents" />
      <FilterLinks
        label={t('incidents.filter')}
        links={[
          { label: t('incidents.filter.all'), href: to('settings/incidents'), current: !open },
          {
            label: t('incidents.filter.open'),
            href: to('settings/incidents', { open: 'true' }),
            current: open,
          },
        ]}
      />
      <Loaded query={incidents} skeleton={<Skeleton lines={4} size="row" />}>
        {(found) =>
          found.length === 0 ? <Nothing open={open} /> : <IncidentTable incidents={found} />
        }
      </Loaded>
    </Stack>
  );
}

function Nothing({ open }: { open: boolean }) {
  return open ? (
    <Empty title={t('incidents.none.open')} text={t('incidents.none.open.text')} />
  ) : (
    <Empty title={t('incidents.none')} text={t('incidents.none.text')} />
  );
}
