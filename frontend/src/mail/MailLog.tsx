import { type MailFilter, useMails } from '../api/mails';
import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { More } from '../ui/More';
import { Skeleton } from '../ui/Skeleton';
import { MailFilters } from './MailFilters';
import styles from './MailLog.module.css';
import { MailTable } from './MailTable';
import { mailStateOf } from './mailStates';

/** Every mail, filtered as the address says, so that a filtered list is a link. */
export function MailLog() {
  const { query } = useLocation();
  const filter = filterOf(query);
  const mails = useMails(filter);
  return (
    <div className={styles.log}>
      <MailFilters filter={filter} />
      <Loaded query={mails} skeleton={<Skeleton lines={8} size="row" />}>
        {(data) => {
          const rows = data.pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <NoMail filter={filter} />;
          return (
            <>
              <MailTable mails={rows} />
              <More query={mails} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function NoMail({ filter }: { filter: MailFilter }) {
  const filtered = filter.q || filter.state || filter.source_id;
  if (!filtered) return <Empty title={t('mail.empty')} text={t('mail.empty.text')} />;
  return (
    <Empty title={t('mail.nothing')} text={t('mail.nothing.text')}>
      <a href={to('mail')}>{t('mail.filter.clear')}</a>
    </Empty>
  );
}

function filterOf(query: URLSearchParams): MailFilter {
  return {
    state: mailStateOf(query.get('state')),
    source_id: query.get('source_id') ?? undefined,
    q: query.get('q') ?? undefined,
  };
}
