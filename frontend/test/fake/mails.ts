import type { MailDetail, Notification } from '../../src/api/types';
import { before } from './time';

export function aMail(change: Partial<MailDetail> = {}): MailDetail {
  return {
    id: '0192f3a0-0000-7000-8000-000000000101',
    source_id: '0192f3a0-0000-7000-8000-000000000001',
    received_at: before({ minutes: 3 }),
    from_name: 'Carl Customer',
    from_address: 'carl@customer.example',
    subject: 'The printer prints only cats',
    state: 'delivered',
    reason: 'Created SUP-7.',
    issue_key: 'SUP-7',
    attachments: 2,
    to: ['support@contoso.example'],
    message_id: '<c9a1f2@customer.example>',
    size_bytes: 48213,
    text: 'Hello,\n\nsince yesterday the printer on floor 2 prints only cats.\nhttps://example.org/cats\n\nCarl',
    html_present: true,
    attempts: 1,
    next_attempt_at: null,
    settled_at: before({ minutes: 2 }),
    last_error: null,
    trace: [
      {
        step: 'poll',
        rule: 'delta',
        saw: 'a new message in Inbox',
        decided: 'Kept the raw mail.',
        at: before({ minutes: 3 }),
      },
      {
        step: 'parse',
        rule: 'mime',
        saw: 'multipart/mixed, 2 attachments, utf-8',
        decided: 'Read in full.',
        at: before({ minutes: 3 }),
      },
      {
        step: 'understand',
        rule: 'automatic mail',
        saw: 'no Auto-Submitted, no Precedence',
        decided: 'A person wrote it.',
        at: before({ minutes: 3 }),
      },
      {
        step: 'decide',
        rule: 'thread',
        saw: 'no In-Reply-To, no issue key in the subject',
        decided: 'Create a Task in SUP.',
        at: before({ minutes: 3 }),
      },
      {
        step: 'deliver',
        rule: 'create issue',
        saw: 'Jira answered 201',
        decided: 'Created SUP-7.',
        at: before({ minutes: 2 }),
      },
      {
        step: 'settle',
        rule: 'mark read',
        saw: 'the message is still in Inbox',
        decided: 'Marked as read.',
        at: before({ minutes: 2 }),
      },
    ],
    plan: { create: { project: 'SUP', issue_type: 'Task' } },
    deliveries: [
      {
        kind: 'issue',
        target: 'SUP-7',
        state: 'done',
        jira_id: '10007',
        detail: null,
        at: before({ minutes: 2 }),
      },
      {
        kind: 'attachment',
        target: 'cat.png',
        state: 'refused',
        jira_id: null,
        detail: 'Jira answered 413: the file is larger than 10 MB.',
        at: before({ minutes: 2 }),
      },
    ],
    adf: ADF,
    issue_url: 'https://acme.atlassian.net/browse/SUP-7',
    attachments_list: [
      {
        name: 'cat.png',
        media_type: 'image/png',
        size_bytes: 30211,
        inline: true,
        stored: true,
        note: null,
      },
      {
        name: 'driver log (final).txt',
        media_type: 'text/plain',
        size_bytes: 812,
        inline: false,
        stored: true,
        note: null,
      },
    ],
    ...change,
  };
}

export const ADF = {
  type: 'doc',
  version: 1,
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'Hello,' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'since yesterday the printer on floor 2 prints ' },
        { type: 'text', text: 'only cats', marks: [{ type: 'strong' }] },
        { type: 'text', text: '. ' },
        {
          type: 'text',
          text: 'Look at them',
          marks: [{ type: 'link', attrs: { href: 'https://example.org/cats' } }],
        },
        { type: 'hardBreak' },
        {
          type: 'text',
          text: 'or not',
          marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }],
        },
      ],
    },
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Seen on' }] },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Monday' }] }],
        },
        {
          type: 'listItem',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Tuesday' }] }],
        },
      ],
    },
    { type: 'codeBlock', attrs: {}, content: [{ type: 'text', text: 'lpr: meow' }] },
    {
      type: 'blockquote',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'You wrote: …' }] }],
    },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            {
              type: 'tableHeader',
              content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Floor' }] }],
            },
            {
              type: 'tableCell',
              content: [{ type: 'paragraph', content: [{ type: 'text', text: '2' }] }],
            },
          ],
        },
      ],
    },
  ],
};

export function aNotification(change: Partial<Notification> = {}): Notification {
  return {
    id: '0192f3a0-0000-7000-8000-000000000201',
    issue_key: 'SUP-7',
    to_address: 'carl@customer.example',
    subject: 'Re: The printer prints only cats',
    state: 'sent',
    reason: '',
    created_at: before({ minutes: 2 }),
    sent_at: before({ minutes: 1 }),
    ...change,
  };
}
