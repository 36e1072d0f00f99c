import { type AuditFilter, useAudit } from '../api/audit';
import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { SettingsNav } from '../settings/SettingsNav';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { More } from '../ui/More';
import { PageHeader } from '../ui/PageHeader';
import { Skeleton } from '../ui/Skeleton';
import { Stack } from '../ui/Stack';
import { AuditExport } from './AuditExport';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';

/** Who changed what? Filtered as the address says, so that a filtered list is a link. */
export function AuditPage() {
  const { query } = useLocation();
  const filter: AuditFilter = {
    action: query.get('action') ?? undefined,
    subject_id: query.get('subject_id') ?? undefined,
  };
  const audit = useAudit(filter);
  const rows = audit.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack>
      <PageHeader
        title={t('audit.title')}
        question={t('audit.question')}
        actions={<AuditExport />}
      />
      <SettingsNav current="audit" />
      <AuditFilters filter={filter} subject={rows[0]?.subject ?? null} />
      <Loaded query={audit} skeleton={<Skeleton lines={8} size="row" />}>
        {() =>
          rows.length === 0 ? (
            <NoChange filter={filter} />
          ) : (
            <>
              <AuditTable entries={rows} filter={filter} />
              <More query={audit} />
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

function NoChange({ filter }: { filter: AuditFilter }) {
  const filtered = filter.action || filter.subject_id;
  if (!filtered) return <Empty title={t('audit.empty')} text={t('audit.empty.text')} />;
  return (
    <Empty title={t('audit.nothing')} text={t('audit.nothing.text')}>
      <a href={to('settings/audit')}>{t('audit.filter.clear')}</a>
    </Empty>
  );
}
