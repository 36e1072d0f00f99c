import type { Role } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import styles from './Nav.module.css';

const PAGES = [
  { key: 'overview', href: to(''), sections: [undefined] },
  {
    key: 'messaging',
    href: to('messaging/sources'),
    sections: ['messaging', 'sources', 'outbounds', 'sign-in', 'create'],
  },
  { key: 'mail', href: to('mail'), sections: ['mail', 'notifications'] },
  { key: 'microsoft', href: to('microsoft'), sections: ['microsoft'] },
  { key: 'settings', href: to('settings'), sections: ['settings'] },
] as const;

const IN_PROJECTS: ReadonlySet<string> = new Set(['messaging', 'mail']);

interface NavProps {
  section: string | undefined;
  role: Role;
}

/** The pages that somebody with this role may open. */
export function Nav({ section, role }: NavProps) {
  const pages = PAGES.filter(({ key }) => role === 'administrator' || IN_PROJECTS.has(key));
  return (
    <nav className={styles.nav} aria-label={t('app.nav')}>
      {pages.map(({ key, href, sections }) => {
        const current = sections.some((known) => known === section);
        return (
          <a key={key} href={href} aria-current={current ? 'page' : undefined}>
            {t(`nav.${key}`)}
          </a>
        );
      })}
    </nav>
  );
}
