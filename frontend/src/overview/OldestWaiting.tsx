import { t } from '../messages/t';
import { to } from '../router/location';
import { Ago } from '../ui/Ago';
import { Card } from '../ui/Card';

export function OldestWaiting({ at }: { at: string | null }) {
  return (
    <Card title={t('overview.oldest')}>
      {at ? (
        <>
          <p>
            <Ago at={at} />
          </p>
          <a href={to('mail', { state: 'waiting' })}>{t('overview.oldest.link')}</a>
        </>
      ) : (
        <p>{t('overview.oldest.none')}</p>
      )}
    </Card>
  );
}
