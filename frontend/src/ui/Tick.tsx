import CheckCircleIcon from '@atlaskit/icon/core/check-circle';
import UncheckedIcon from '@atlaskit/icon/core/check-circle-unchecked';
import CrossCircleIcon from '@atlaskit/icon/core/cross-circle';
import Spinner from '@atlaskit/spinner';
import styles from './Tick.module.css';

export type TickState = 'done' | 'current' | 'todo' | 'failed';

/** The mark before a step. The word for it stands in the text, so that colour is never alone. */
export function Tick({ state, word }: { state: TickState; word: string }) {
  return <span className={styles.tick}>{mark(state, word)}</span>;
}

function mark(state: TickState, word: string) {
  switch (state) {
    case 'done':
      return <CheckCircleIcon label={word} color="var(--ds-icon-success)" />;
    case 'failed':
      return <CrossCircleIcon label={word} color="var(--ds-icon-danger)" />;
    case 'current':
      return <Spinner size="small" label={word} />;
    case 'todo':
      return <UncheckedIcon label={word} color="var(--ds-icon-subtle)" />;
  }
}
