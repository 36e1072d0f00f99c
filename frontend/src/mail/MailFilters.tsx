import type { MailFilter } from '../api/mails';
import { useSources } from '../api/sources';
import { t } from '../messages/t';
import { to } from '../router/location';
import { FilterLinks } from '../ui/FilterLinks';
import styles from './MailFilters.module.css';
import { MailSearch } from './MailSearch';
import { MAIL_STATES } from './mailStates';

/** Search and filters; each filter is a link that can be kept and sent. */
export function MailFilters({ filter }: { filter: MailFilter }) {
  const sources = useSources();
  const link = (change: MailFilter) => to('mail', { ...filter, ...change });
  const states = [
    { label: t('mail.filter.all'), href: link({ state: undefined }), current: !filter.state },
    ...MAIL_STATES.map((state) => ({
      label: t(`mail.state.${state}`),
      href: link({ state }),
      current: filter.state === state,
    })),
  ];
  const mailboxes = (sources.data ?? []).map(({ id, name }) => ({
    label: name,
    href: link({ source_id: id }),
    current: filter.source_id === id,
  }));
  return (
    <div className={styles.filters}>
      <MailSearch key={filter.q} filter={filter} />
      <FilterLinks label={t('mail.filter')} links={states} />
      {(mailboxes.length > 1 || filter.source_id) && (
        <FilterLinks
          label={t('mail.filter.source')}
          links={[
            {
              label: t('mail.filter.all'),
              href: link({ source_id: undefined }),
              current: !filter.source_id,
            },
            ...mailboxes,
          ]}
        />
      )}
    </div>
  );
}
