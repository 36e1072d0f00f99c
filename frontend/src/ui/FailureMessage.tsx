import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { Failure } from '../api/failure';
import { t } from '../messages/t';
import { Copyable } from './Copyable';
import { Row } from './Row';
import { Stack } from './Stack';

interface FailureMessageProps {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

/** What went wrong, what to do about it, and what support needs to know. */
export function FailureMessage({ error, title, onRetry }: FailureMessageProps) {
  const words = wordsOf(error);
  return (
    <div role="alert">
      <SectionMessage appearance="error" title={words.title ?? title ?? t('failure.title')}>
        <Stack gap="small">
          <p>
            {words.message} {words.action}
          </p>
          {words.reference && <Copyable label={t('common.reference')} text={words.reference} />}
          {onRetry && (
            <Row>
              <Button onClick={onRetry}>{t('common.retry')}</Button>
            </Row>
          )}
        </Stack>
      </SectionMessage>
    </div>
  );
}

interface Words {
  title?: string;
  message: string;
  action: string | null;
  reference: string | null;
}

function wordsOf(error: unknown): Words {
  if (!(error instanceof Failure)) {
    return { message: t('failure.unknown'), action: null, reference: null };
  }
  const { code, message, action, reference } = error;
  if (code === 'network') {
    return {
      message: t('failure.network'),
      action: t('failure.network.action'),
      reference: null,
    };
  }
  if (code === 'not_an_administrator') {
    return {
      title: t('failure.admin.title'),
      message,
      action: action ?? t('failure.admin.action'),
      reference,
    };
  }
  return { message: message || t('failure.unknown'), action, reference };
}
