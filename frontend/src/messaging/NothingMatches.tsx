import { t } from '../messages/t';
import { to } from '../router/location';
import { Empty } from '../ui/Empty';

export function NothingMatches({ page }: { page: string }) {
  return (
    <Empty title={t('messaging.nothing')} text={t('messaging.nothing.text')}>
      <a href={to(page)}>{t('messaging.filter.clear')}</a>
    </Empty>
  );
}
