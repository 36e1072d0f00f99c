import { t } from '../messages/t';
import { to } from '../router/location';
import { FilterLinks } from '../ui/FilterLinks';

const PAGES = [
  { key: 'alerts', href: to('settings') },
  { key: 'incidents', href: to('settings/incidents') },
  { key: 'audit', href: to('settings/audit') },
] as const;

/** The pages of the settings. */
export function SettingsNav({ current }: { current: (typeof PAGES)[number]['key'] }) {
  const links = PAGES.map(({ key, href }) => ({
    label: t(`settings.nav.${key}`),
    href,
    current: key === current,
  }));
  return <FilterLinks label={t('settings.nav')} links={links} />;
}
