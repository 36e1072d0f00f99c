import { t } from '../messages/t';
import { to } from '../router/location';
import styles from './Nav.module.css';

const PAGES = [
  { key: 'overview', href: to(''), sections: [undefined] },
  {
    key: 'messaging',
    href: to('messaging/sources'),
    sections: ['messaging', 'sources', 'outbounds', 'sign-in'],
  },
  { key: 'mail', href: to('mail'), sections: ['mail', 'notifications'] },
] as const;

export function Nav({ section }: { section: string | undefined }) {
  return (
    <nav className={styles.nav} aria-label={t('app.nav')}>
      {PAGES.map(({ key, href, sections }) => {
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
