import { t } from '../messages/t';
import { to } from '../router/location';
import { FilterLinks } from '../ui/FilterLinks';
import { FILTERS, type Filter } from './filters';

interface ConnectionFiltersProps {
  page: string;
  current: Filter | null;
  /** Kept in the links: whether other projects' mailboxes are shown. */
  all?: string | null;
}

export function ConnectionFilters({ page, current, all }: ConnectionFiltersProps) {
  const link = (filter: Filter | null) => ({
    label: t(`messaging.filter.${filter ?? 'all'}`),
    href: to(page, { show: filter, all }),
    current: filter === current,
  });
  return <FilterLinks label={t('messaging.filter')} links={[link(null), ...FILTERS.map(link)]} />;
}
