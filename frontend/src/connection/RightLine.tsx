import type { Right } from '../api/types';
import { t } from '../messages/t';
import { Tick, type TickState } from '../ui/Tick';
import { FixList } from './FixList';
import styles from './RightLine.module.css';

interface RightLineProps {
  label: string;
  /** The answer, when it is there. */
  told: Right | undefined;
}

export function RightLine({ label, told }: RightLineProps) {
  const { tick, word } = stateOf(told);
  return (
    <li className={styles.line}>
      <Tick state={tick} word="" />
      <div>
        <span className={styles.label}>{label}</span>
        <span className={styles.word}>{word}</span>
        {told && !told.ok && told.detail && <p>{told.detail}</p>}
        {told && !told.ok && told.action && <p className={styles.action}>{told.action}</p>}
        {told && !told.ok && !told.skipped && told.who_acts && <p>{t(`who.${told.who_acts}`)}</p>}
        {told && !told.ok && <FixList fix={told.fix} />}
      </div>
    </li>
  );
}

function stateOf(told: Right | undefined): { tick: TickState; word: string } {
  if (!told) return { tick: 'current', word: t('ping.right.pending') };
  if (told.skipped) return { tick: 'todo', word: t('ping.right.skipped') };
  if (told.ok) return { tick: 'done', word: t('ping.right.ok') };
  return { tick: 'failed', word: t('ping.right.missing') };
}
