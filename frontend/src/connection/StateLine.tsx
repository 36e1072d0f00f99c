import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { CopyButton } from '../ui/CopyButton';
import { StateLozenge } from '../ui/StateLozenge';
import styles from './StateLine.module.css';

/** A connection's state: lozenge, sentence and, unless all is well, who acts. */
export function StateLine({ state }: { state: ConnectionState }) {
  return (
    <div className={styles.state}>
      <StateLozenge tone={state.tone}>{state.lozenge}</StateLozenge>
      <p>{state.sentence}</p>
      {state.code !== 'active' && <p className={styles.who}>{t(`who.${state.who_acts}`)}</p>}
      {state.who_acts === 'microsoft_administrator' && (
        <CopyButton text={state.sentence} label={t('action.copyForAdministrator')} />
      )}
    </div>
  );
}
