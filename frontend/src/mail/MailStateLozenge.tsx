import type { MailState } from '../api/types';
import { t } from '../messages/t';
import { StateLozenge } from '../ui/StateLozenge';
import { MAIL_TONES } from './mailStates';

export function MailStateLozenge({ state }: { state: MailState }) {
  return <StateLozenge tone={MAIL_TONES[state]}>{t(`mail.state.${state}`)}</StateLozenge>;
}
