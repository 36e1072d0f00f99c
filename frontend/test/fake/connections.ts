import type { ConnectionState, Outbound, Ping, Source } from '../../src/api/types';
import { before } from './time';

export function aState(change: Partial<ConnectionState> = {}): ConnectionState {
  return {
    code: 'active',
    lozenge: 'Active',
    tone: 'success',
    sentence: 'Last mail 3 min ago. Checked 20 s ago.',
    since: before({ days: 3 }),
    who_acts: 'nobody',
    action: 'ping',
    error_code: null,
    reference: null,
    fix: [],
    correlation: null,
    owner_link: true,
    ...change,
  };
}

export function needsSignIn(): ConnectionState {
  return aState({
    code: 'needs_sign_in',
    lozenge: 'Needs sign-in',
    tone: 'removed',
    sentence:
      'Microsoft ended the sign-in of ann@contoso.example on 13 March (password reset or sessions revoked). 212 mails are waiting.',
    who_acts: 'you',
    action: 'sign_in',
    error_code: 'AADSTS50173',
    reference: '0192f3a0-7d1c-7e2b-a111-000000000001',
  });
}

export function aSource(change: Partial<Source> = {}): Source {
  return {
    id: '0192f3a0-0000-7000-8000-000000000001',
    name: 'support@contoso.example',
    mailbox: 'support@contoso.example',
    protocol: 'graph',
    state: aState(),
    signed_in_as: 'ann@contoso.example',
    folder: { id: 'inbox', name: 'Inbox' },
    target: {
      project_id: '10000',
      project_key: 'SUP',
      project_name: 'Support',
      issue_type_id: '1',
      issue_type_name: 'Task',
    },
    settle: 'mark_read',
    start_from: before({ days: 30 }),
    last_success_at: before({ seconds: 20 }),
    last_mail_at: before({ minutes: 3 }),
    next_poll_at: before({ seconds: -40 }),
    waiting: 0,
    total: 14212,
    outbound_id: '0192f3a0-0000-7000-8000-0000000000a1',
    ends_at: null,
    settle_folder: null,
    settle_category: null,
    push: {
      state: 'live',
      since: before({ days: 3 }),
      sentence: 'Microsoft tells of new mail at once.',
      expires_at: before({ days: -5 }),
    },
    reconciled: { at: before({ hours: 3 }), in_folder: 310, in_ledger: 310, imported: 0 },
    lag_seconds: 12,
    expires: [
      {
        what: 'idle',
        at: before({ days: -80 }),
        sentence: 'The sign-in ends when it is not used.',
      },
    ],
    offline: null,
    moving: null,
    caught_up_at: before({ seconds: 20 }),
    grant_id: '0192f3a0-0000-7000-8000-000000000501',
    registration_id: null,
    created_at: before({ days: 30 }),
    ...change,
  };
}

export function anOutbound(change: Partial<Outbound> = {}): Outbound {
  return {
    id: '0192f3a0-0000-7000-8000-0000000000a1',
    name: 'support@contoso.example',
    mailbox: 'support@contoso.example',
    protocol: 'graph',
    state: aState({ sentence: 'Last mail sent 12 min ago.' }),
    signed_in_as: 'ann@contoso.example',
    last_success_at: before({ minutes: 12 }),
    ends_at: null,
    from_address: null,
    expires: [],
    grant_id: '0192f3a0-0000-7000-8000-000000000501',
    registration_id: null,
    sent: 3104,
    waiting: 0,
    created_at: before({ days: 30 }),
    ...change,
  };
}

export function aPing(): Ping {
  const right = (name: Ping['rights'][number]['right'], label: string) => ({
    right: name,
    label,
    ok: true,
    detail: '',
    action: null,
    skipped: false,
    fix: [],
    who_acts: null,
  });
  return {
    ok: true,
    checked_at: before({ seconds: 1 }),
    rights: [
      right('token', 'Sign-in is valid'),
      right('mailbox', 'Mailbox can be opened'),
      right('read', 'Mail can be read'),
      right('write', 'Mail can be marked or moved'),
      right('send', 'Mail can be sent'),
    ],
  };
}
