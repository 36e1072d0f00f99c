import type { BeginSignIn, Protocol } from '../api/types';

/** Who gives Postroom access: how the connection comes by its sign-in. */
export type Access = 'me' | 'admin' | 'owner' | 'approval' | 'grant';

/** What the form of a new connection says. */
export interface Draft {
  access: Access;
  purpose: BeginSignIn['purpose'];
  protocol: Protocol;
  mailbox: string;
  /** Empty: Postroom's own. */
  registration_id: string;
  grant_id: string;
  /** Empty: the mailbox's own. */
  from_address: string;
}

export function emptyDraft(purpose: BeginSignIn['purpose']): Draft {
  return {
    access: 'me',
    purpose,
    protocol: 'graph',
    mailbox: '',
    registration_id: '',
    grant_id: '',
    from_address: '',
  };
}

/** The sign-in that a draft asks for. */
export function signInOf(draft: Draft): BeginSignIn {
  const { purpose, protocol, mailbox, registration_id, access } = draft;
  return {
    purpose,
    protocol,
    ...(mailbox ? { mailbox } : {}),
    ...(registration_id ? { registration_id } : {}),
    ...(access === 'admin' ? { consent: 'admin' as const } : {}),
  };
}
