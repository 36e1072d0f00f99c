import type { AuditEntry, Download } from '../../src/api/types';
import { before } from './time';

export const SUPPORT = '0192f3a0-0000-7000-8000-000000000001';

export function aChange(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: '0192f3a0-0000-7000-8000-000000000401',
    at: before({ minutes: 3 }),
    actor: { kind: 'account', account_id: 'ann', name: 'Ann Administrator' },
    action: 'source.changed',
    sentence: 'Changed the message source Support.',
    subject: { kind: 'source', id: SUPPORT, name: 'Support' },
    changes: [
      { field: 'name', from: 'support@contoso.example', to: 'Support' },
      { field: 'start_from', from: null, to: '2026-05-02T12:35:05.328062+00:00' },
    ],
    ...change,
  };
}

/** Changes of each kind of actor, the newest first. */
export function anAudit(): AuditEntry[] {
  const id = (place: number) => `0192f3a0-0000-7000-8000-00000000040${place}`;
  const plain = { changes: [], subject: null };
  return [
    aChange(),
    aChange({
      id: id(2),
      at: before({ hours: 2 }),
      action: 'source.paused',
      sentence: 'Paused the message source Support.',
      changes: [],
    }),
    aChange({
      ...plain,
      id: id(3),
      at: before({ days: 1 }),
      actor: { kind: 'atlassian', account_id: null, name: null },
      action: 'site.secret_rotated',
      sentence: 'The shared secret of the site was renewed.',
    }),
    aChange({
      ...plain,
      id: id(4),
      at: before({ days: 2 }),
      actor: { kind: 'account', account_id: '5b10a2844c20165700ede21g', name: null },
      action: 'audit.exported',
      sentence: 'Exported the audit trail.',
      subject: { kind: 'audit', id: 'audit.csv', name: '' },
    }),
    aChange({
      id: id(5),
      at: before({ days: 3 }),
      action: 'outbound.deleted',
      sentence: 'Deleted the message outbound Billing.',
      subject: { kind: 'outbound', id: '0192f3a0-0000-7000-8000-0000000000a9', name: 'Billing' },
      changes: [],
    }),
    aChange({
      ...plain,
      id: id(6),
      at: before({ days: 30 }),
      actor: { kind: 'service', account_id: null, name: null },
      action: 'site.installed',
      sentence: 'Postroom was installed.',
    }),
  ];
}

export function aDownload(name: string, media_type: string, content: string): Download {
  return { name, media_type, content_base64: btoa(content) };
}
