import { Failure } from '../api/failure';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';

const KNOWN: Record<string, 'notEmpty' | 'gone'> = { not_empty: 'notEmpty', not_found: 'gone' };

/** Why nothing moved, and what to do first. */
export function MoveFailure({ error }: { error: unknown }) {
  const known = error instanceof Failure ? KNOWN[error.code] : undefined;
  if (!(error instanceof Failure) || !known) {
    return <FailureMessage error={error} title={t('failure.action.title')} />;
  }
  const { code, message, action, reference } = error;
  const whole = new Failure(code, message, action ?? t(`move.${known}.action`), reference);
  return <FailureMessage error={whole} title={t(`move.${known}`)} />;
}
