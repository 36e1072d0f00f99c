import Button from '@atlaskit/button/new';
import { useRetryMail } from '../api/mails';
import type { MailDetail } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import styles from './RetryButton.module.css';

export function RetryButton({ mail }: { mail: MailDetail }) {
  const retry = useRetryMail(mail.id);
  return (
    <div className={styles.retry}>
      <Button isLoading={retry.isPending} onClick={() => retry.mutate()}>
        {t('mail.retry')}
      </Button>
      <small role="status">{t(retry.isSuccess ? 'mail.retried' : 'mail.retry.text')}</small>
      {retry.error && <FailureMessage error={retry.error} title={t('failure.action.title')} />}
    </div>
  );
}
