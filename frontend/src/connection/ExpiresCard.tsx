import type { Expiry } from '../api/types';
import { t } from '../messages/t';
import { dayOf } from '../messages/time';
import { Card } from '../ui/Card';
import { Facts } from '../ui/Facts';

/** What a connection stands on that has an end. */
export function ExpiresCard({ expires }: { expires: Expiry[] }) {
  return (
    <Card title={t('expires.title')}>
      {expires.length === 0 ? (
        <p>{t('expires.none')}</p>
      ) : (
        <Facts
          facts={expires.map(({ what, at, sentence }) => ({
            name: t(`expires.${what}`),
            value: (
              <>
                <time dateTime={at}>{dayOf(at)}</time>
                <br />
                <small>{sentence}</small>
              </>
            ),
          }))}
        />
      )}
    </Card>
  );
}
