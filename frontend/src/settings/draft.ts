import type { AddAlertChannel, AlertChannel, ChangeAlertChannel } from '../api/types';

/** A channel as it is written into the form. */
export interface Draft {
  kind: AlertChannel['kind'];
  name: string;
  target: string;
  format: NonNullable<AlertChannel['format']>;
  /** None: whichever mailbox works. */
  outbound_id: string | null;
}

export const EMPTY: Draft = {
  kind: 'mail',
  name: '',
  target: '',
  format: 'teams',
  outbound_id: null,
};

/** A channel's draft. Where it goes to is not shown in full, so it is written anew or stays. */
export function draftOf({ kind, name, format, outbound_id }: AlertChannel): Draft {
  return { kind, name, target: '', format: format ?? 'generic', outbound_id };
}

/** What of a draft belongs to its kind. */
function particulars({ kind, format, outbound_id }: Draft) {
  return kind === 'mail' ? { outbound_id } : { format };
}

export function toAdd(draft: Draft): AddAlertChannel {
  const { kind, name, target } = draft;
  return { kind, name, target: target.trim(), ...particulars(draft) };
}

export function toChange(draft: Draft): ChangeAlertChannel {
  const target = draft.target.trim();
  return { name: draft.name, ...(target ? { target } : {}), ...particulars(draft) };
}
