import Spinner from '@atlaskit/spinner';
import { useArrivals } from '../api/mails';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { ArrivedMail } from './ArrivedMail';
import { useHurry } from './useHurry';

/** Waits for the first mail of a source and shows what becomes of it. */
export function FirstMail({ source }: { source: Source }) {
  const arrivals = useArrivals(source.id);
  const mails = arrivals.data ?? [];
  useHurry(source.id, mails.length === 0);
  return (
    <Stack gap="small">
      <p>{t('setup.first.ask', { mailbox: source.mailbox })}</p>
      <div aria-live="polite">
        {mails.length === 0 ? (
          <Row>
            <Spinner size="small" />
            <span>{t('setup.first.waiting')}</span>
          </Row>
        ) : (
          <Stack gap="small">
            <p>
              {t(
                mails.some(({ issue_key }) => issue_key)
                  ? 'setup.first.arrived'
                  : 'setup.first.processing',
              )}
            </p>
            {mails.map((mail) => (
              <ArrivedMail key={mail.id} mail={mail} />
            ))}
          </Stack>
        )}
      </div>
      {arrivals.error && <FailureMessage error={arrivals.error} />}
    </Stack>
  );
}
