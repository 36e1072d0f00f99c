import { LinkButton } from '@atlaskit/button/new';
import type { Need } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Card } from '../ui/Card';
import styles from './Needs.module.css';

/** Whatever needs a person, each with its one button. */
export function Needs({ needs }: { needs: Need[] }) {
  if (needs.length === 0) return null;
  return (
    <Card title={t('overview.needs')}>
      <ul className={styles.needs}>
        {needs.map((need) => (
          <li key={need.connection_id + need.text}>
            <span>{need.text}</span>
            <LinkButton spacing="compact" href={pageOf(need)}>
              {t('overview.needs.open')}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const PAGES: Record<string, string> = {
  outbound: 'outbounds',
  registration: 'microsoft/registrations',
};

function pageOf({ connection_kind, connection_id }: Need): string {
  return to(`${PAGES[connection_kind] ?? 'sources'}/${connection_id}`);
}
