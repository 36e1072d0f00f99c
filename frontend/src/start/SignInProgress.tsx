import type { SignIn } from '../api/types';
import { t } from '../messages/t';
import { Tick, type TickState } from '../ui/Tick';
import styles from './SignInProgress.module.css';

const STEPS = ['started', 'authorized', 'confirmed'] as const;
const ORDER: Record<SignIn['state'], number> = {
  started: 0,
  authorized: 1,
  confirmed: 2,
  connected: 3,
  waiting_for_approval: -1,
  failed: -1,
  expired: -1,
};

/** What the sign-in has come to, step by step. */
export function SignInProgress({ signIn }: { signIn: SignIn }) {
  const reached = ORDER[signIn.state];
  if (reached < 0) return null;
  return (
    <ol className={styles.steps} aria-live="polite">
      {STEPS.map((step, place) => {
        const state = place < reached ? 'done' : place === reached ? 'current' : 'todo';
        return (
          <li
            key={step}
            className={styles.step}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <Tick state={state} word={t(`signIn.step.${state}`)} />
            <span className={state === 'todo' ? styles.todo : undefined}>
              {stepText(step, state, signIn)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function stepText(step: (typeof STEPS)[number], state: TickState, signIn: SignIn): string {
  if (state !== 'done') {
    const byOwner = step === 'authorized' && signIn.asked === 'owner';
    return t(byOwner ? 'signIn.step.authorized.owner' : `signIn.step.${step}`);
  }
  const who = signIn.signed_in_as ?? signIn.mailbox ?? '';
  return t(`signIn.step.${step}.done`, { who, mailbox: signIn.mailbox ?? '' });
}
