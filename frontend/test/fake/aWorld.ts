import type { Hour, SignIn } from '../../src/api/types';
import { anAudit } from './audit';
import { anOutbound, aPing, aSource, aState, needsSignIn } from './connections';
import { aMail, aNotification } from './mails';
import { before } from './time';
import type { World } from './world';

/** A site with two mailboxes, one of them in trouble, and mails of every state. */
export function aWorld(change: Partial<World> = {}): World {
  return {
    me: {
      account_id: 'alice',
      site_url: 'https://acme.atlassian.net',
      site_name: 'acme',
      is_admin: true,
      role: 'administrator',
    },
    overview: {
      sentence: '1 of 2 mailboxes needs a new sign-in. 1,204 mails this week, all accounted for.',
      tone: 'removed',
      needs: [
        {
          text: 'sales@contoso.example needs a new sign-in. 212 mails are waiting.',
          connection_kind: 'source',
          connection_id: '0192f3a0-0000-7000-8000-000000000002',
        },
      ],
      week: {
        received: 1204,
        delivered: 1100,
        ignored: 80,
        held: 5,
        rejected: 10,
        dead: 2,
        waiting: 7,
      },
      oldest_waiting_at: before({ hours: 5 }),
      hours: hours(),
      sources: 2,
      outbounds: 1,
    },
    sources: [
      aSource(),
      aSource({
        id: '0192f3a0-0000-7000-8000-000000000002',
        name: 'Sales',
        mailbox: 'sales@contoso.example',
        state: needsSignIn(),
        waiting: 212,
        total: 9120,
        outbound_id: null,
      }),
      aSource({
        id: '0192f3a0-0000-7000-8000-000000000003',
        name: 'hr@contoso.example',
        mailbox: 'hr@contoso.example',
        state: aState({
          code: 'paused',
          lozenge: 'Paused',
          tone: 'default',
          sentence: 'Paused by Ann on 2 May. 31 mails are waiting.',
          who_acts: 'you',
          action: 'resume',
        }),
        target: null,
        waiting: 31,
        total: 31,
      }),
    ],
    outbounds: [anOutbound()],
    ping: aPing(),
    projects: [
      {
        id: '10000',
        key: 'SUP',
        name: 'Support',
        issue_types: [
          { id: '1', name: 'Task' },
          { id: '2', name: 'Bug' },
        ],
      },
      { id: '10001', key: 'OPS', name: 'Operations', issue_types: [{ id: '1', name: 'Task' }] },
    ],
    signIns: [],
    mails: [
      aMail(),
      aMail({
        id: '0192f3a0-0000-7000-8000-000000000102',
        subject: '',
        state: 'ignored',
        reason: 'An out-of-office reply.',
        issue_key: null,
        issue_url: null,
        attachments: 0,
      }),
      aMail({
        id: '0192f3a0-0000-7000-8000-000000000103',
        subject: 'Invoice 4711',
        state: 'dead',
        reason: 'Jira refused it 8 times: the project is archived.',
        issue_key: null,
        issue_url: null,
        adf: null,
        deliveries: [],
        last_error: 'Jira answered 400: the project is archived.',
        attempts: 8,
      }),
    ],
    notifications: [aNotification()],
    audit: anAudit(),
    move: null,
    ...change,
  };
}

export function aSignIn(change: Partial<SignIn> = {}): SignIn {
  return {
    id: '0192f3a0-0000-7000-8000-000000000301',
    state: 'started',
    asked: 'me',
    protocol: 'graph',
    signer_is_mailbox: null,
    approval_url: null,
    approved_at: null,
    missing_scopes: [],
    gap: null,
    site: 'acme.atlassian.net',
    rights: ['Read mail', 'Send mail'],
    url: 'https://postroom.example/microsoft/sign-in/ticket',
    mailbox: null,
    signed_in_as: null,
    failure: null,
    source_id: null,
    outbound_id: null,
    expires_at: before({ minutes: -15 }),
    ...change,
  };
}

function hours(): Hour[] {
  return Array.from({ length: 24 }, (_, place) => ({
    hour: before({ hours: 23 - place }),
    delivered: (place * 7) % 23,
    ignored: place % 4,
    held: place % 9 === 0 ? 2 : 0,
    dead: place === 13 ? 1 : 0,
    waiting: place === 23 ? 4 : 0,
  }));
}
