import { useNotifications } from '../api/notifications';
import type { Notification } from '../api/types';
import { t } from '../messages/t';
import { to, useLocation } from '../router/location';
import { Empty } from '../ui/Empty';
import { FilterLinks } from '../ui/FilterLinks';
import { Loaded } from '../ui/Loaded';
import { More } from '../ui/More';
import { Skeleton } from '../ui/Skeleton';
import styles from './NotificationsTab.module.css';
import { NotificationTable } from './NotificationTable';

const STATES: readonly Notification['state'][] = ['waiting', 'sent', 'ignored', 'dead'];

/** The mails that went out because of an issue. */
export function NotificationsTab() {
  const { query } = useLocation();
  const state = STATES.find((known) => known === query.get('state'));
  const notifications = useNotifications(state);
  const links = [
    { label: t('mail.filter.all'), href: to('notifications'), current: !state },
    ...STATES.map((choice) => ({
      label: t(`notification.state.${choice}`),
      href: to('notifications', { state: choice }),
      current: choice === state,
    })),
  ];
  return (
    <div className={styles.tab}>
      <FilterLinks label={t('mail.filter')} links={links} />
      <Loaded query={notifications} skeleton={<Skeleton lines={6} size="row" />}>
        {(data) => {
          const rows = data.pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <NoNotification filtered={state !== undefined} />;
          return (
            <>
              <NotificationTable notifications={rows} />
              <More query={notifications} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function NoNotification({ filtered }: { filtered: boolean }) {
  if (!filtered)
    return <Empty title={t('notification.empty')} text={t('notification.empty.text')} />;
  return (
    <Empty title={t('mail.nothing')} text={t('notification.nothing.text')}>
      <a href={to('notifications')}>{t('mail.filter.clear')}</a>
    </Empty>
  );
}
