import type { Kind } from '../api/connections';
import type { Ping, Right } from '../api/types';
import { type MessageKey, t } from '../messages/t';
import { RightLine } from './RightLine';
import styles from './Rights.module.css';
import { useReveal } from './useReveal';

const ASKED: Record<Kind, Right['right'][]> = {
  sources: ['token', 'mailbox', 'read', 'write', 'send'],
  outbounds: ['token', 'mailbox', 'send'],
};

interface RightsProps {
  kind: Kind;
  /** What the last ping proved; nothing while it runs. */
  ping: Ping | undefined;
}

/** The rights on a mailbox as ticks with words, shown one after the other as they are told. */
export function Rights({ kind, ping }: RightsProps) {
  const shown = useReveal(ping?.rights.length ?? 0, ping?.checked_at);
  const known = ping?.rights ?? [];
  const rows = ping ? known.map(({ right }) => right) : ASKED[kind];
  return (
    <ul className={styles.rights} aria-live="polite">
      {rows.map((right, place) => {
        const told = place < shown ? known[place] : undefined;
        const label = known[place]?.label ?? t(`ping.${right}` satisfies MessageKey);
        return <RightLine key={right} label={label} told={told} />;
      })}
    </ul>
  );
}
