import type { AuditFilter } from '../api/audit';
import type { AuditEntry } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { FilterLinks } from '../ui/FilterLinks';
import { Fold } from '../ui/Fold';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { ACTIONS, actionName, groupName, wholeActionName } from './actions';
import { subjectPage } from './subjectPage';

interface AuditFiltersProps {
  filter: AuditFilter;
  /** What the list is filtered to, when that is known. */
  subject: AuditEntry['subject'];
}

/** The kinds of change as links, and whose history is shown. */
export function AuditFilters({ filter, subject }: AuditFiltersProps) {
  const { action, subject_id } = filter;
  const link = (change: AuditFilter) => to('settings/audit', { ...filter, ...change });
  const kind = action ? wholeActionName(action) : t('audit.filter.kind.all');
  return (
    <Stack gap="small">
      {subject_id && <History id={subject_id} subject={subject} />}
      <Fold title={t('audit.filter.kind', { kind })}>
        <Stack gap="small">
          {[...ACTIONS].map(([group, actions]) => (
            <FilterLinks
              key={group}
              label={groupName(group)}
              links={actions.map((one) => ({
                label: actionName(one),
                href: link({ action: one }),
                current: one === action,
              }))}
            />
          ))}
        </Stack>
      </Fold>
      {(action || subject_id) && (
        <Row>
          <a href={to('settings/audit')}>{t('audit.filter.clear')}</a>
        </Row>
      )}
    </Stack>
  );
}

function History({ id, subject }: { id: string; subject: AuditEntry['subject'] }) {
  const name = subject?.name || id;
  const page = subject && subjectPage(subject);
  return (
    <Row>
      <span>{t('audit.history', { name })}</span>
      {page && <a href={page}>{t('audit.filter.subject.open', { name })}</a>}
    </Row>
  );
}
