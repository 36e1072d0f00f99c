import { useMayChange } from '../access/RoleContext';
import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { CopyButton } from '../ui/CopyButton';
import { StateLozenge } from '../ui/StateLozenge';
import { fixText } from './fixText';
import styles from './StateLine.module.css';

/** A connection's state: lozenge, sentence and, unless all is well, who acts. */
export function StateLine({ state }: { state: ConnectionState }) {
  const mayChange = useMayChange();
  const who = state.who_acts === 'you' && !mayChange ? 'jira_administrator' : state.who_acts;
  return (
    <div className={styles.state}>
      <StateLozenge tone={state.tone}>{state.lozenge}</StateLozenge>
      <p>{state.sentence}</p>
      {state.code !== 'active' && <p className={styles.who}>{t(`who.${who}`)}</p>}
      {state.who_acts === 'microsoft_administrator' && (
        <CopyButton text={fixText(state)} label={t('action.copyForAdministrator')} />
      )}
    </div>
  );
}
