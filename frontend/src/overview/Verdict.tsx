import type { Tone } from '../api/types';
import { t } from '../messages/t';
import { StateLozenge } from '../ui/StateLozenge';
import styles from './Verdict.module.css';

/** The answer: one sentence, its colour and the colour's word. */
export function Verdict({ tone, sentence }: { tone: Tone; sentence: string }) {
  return (
    <div className={`${styles.verdict} ${styles[tone]}`} role="status">
      <StateLozenge tone={tone}>{t(`tone.${tone}`)}</StateLozenge>
      <p className={styles.sentence}>{sentence}</p>
    </div>
  );
}
