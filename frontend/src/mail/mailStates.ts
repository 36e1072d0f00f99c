import type { MailState, Tone } from '../api/types';

/** The states that a mail can have, in the order of the filter, each with its colour. */
export const MAIL_TONES: Record<MailState, Tone> = {
  waiting: 'inprogress',
  delivered: 'success',
  ignored: 'default',
  held: 'moved',
  rejected: 'removed',
  dead: 'removed',
};

export const MAIL_STATES: readonly MailState[] = [
  'waiting',
  'delivered',
  'ignored',
  'held',
  'rejected',
  'dead',
];

export function mailStateOf(text: string | null): MailState | undefined {
  return MAIL_STATES.find((state) => state === text);
}
