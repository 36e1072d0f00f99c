import { waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aSignIn, aWorld } from './fake/aWorld';
import { failure } from './fake/routes';
import { renderPanel } from './renderPanel';

const SOURCE = '0192f3a0-0000-7000-8000-000000000001';
const OUTBOUND = '0192f3a0-0000-7000-8000-0000000000a1';
const MAIL = '0192f3a0-0000-7000-8000-000000000101';

/** Each page: its address, the call that fills it, and words that show that it is filled. */
const PAGES = [
  { page: 'overview', hash: '#/', call: 'GET /overview', words: /all accounted for/ },
  { page: 'sources', hash: '#/messaging/sources', call: 'GET /sources', words: 'Needs sign-in' },
  { page: 'outbounds', hash: '#/messaging/outbounds', call: 'GET /outbounds', words: '3104' },
  {
    page: 'a source',
    hash: `#/sources/${SOURCE}`,
    call: `GET /sources/${SOURCE}`,
    words: '14,212 of 14,212',
  },
  {
    page: 'an outbound',
    hash: `#/outbounds/${OUTBOUND}`,
    call: `GET /outbounds/${OUTBOUND}`,
    words: 'Send a test mail',
  },
  {
    page: 'set-up',
    hash: `#/sources/${SOURCE}/start`,
    call: `GET /sources/${SOURCE}`,
    words: 'Where should its mail go?',
  },
  {
    page: 'create',
    hash: '#/create?purpose=both',
    call: 'GET /registrations',
    words: 'Postroom’s own',
  },
  { page: 'mail log', hash: '#/mail', call: 'GET /mails', words: 'Invoice 4711' },
  { page: 'a mail', hash: `#/mail/${MAIL}`, call: `GET /mails/${MAIL}`, words: 'What Jira got' },
  {
    page: 'notifications',
    hash: '#/notifications',
    call: 'GET /notifications',
    words: 'Re: The printer prints only cats',
  },
  {
    page: 'audit trail',
    hash: '#/settings/audit',
    call: 'GET /audit',
    words: 'Deleted the message outbound Billing.',
  },
  {
    page: 'sign-in',
    hash: '#/sign-in/0192f3a0-0000-7000-8000-000000000301',
    call: 'GET /sign-ins/0192f3a0-0000-7000-8000-000000000301',
    words: 'Waiting for the sign-in with Microsoft',
  },
] as const;

const world = () => aWorld({ signIns: [aSignIn()] });

describe.each(PAGES)('$page', ({ hash, call, words }) => {
  it('shows what the API answers, without axe findings', async () => {
    const { screen } = renderPanel(hash, { world: world() });
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
    await expectNoAxeFindings();
  });

  it('says that it loads, without axe findings', async () => {
    const { screen } = renderPanel(hash, { world: world(), instead: { [call]: 'pending' } });
    expect((await screen.findAllByRole('status', { name: 'Loading' }))[0]).toBeVisible();
    await expectNoAxeFindings();
  });

  it('says what failed, with the reference, and tries again', async () => {
    const instead = { [call]: failure(500, 'internal', 'The log cannot be read.') };
    const { screen, user, instead: now } = renderPanel(hash, { world: world(), instead });
    expect(await screen.findByText(/The log cannot be read/)).toBeVisible();
    expect(screen.getByText('req-4711')).toBeVisible();
    await expectNoAxeFindings();

    delete now[call];
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(words)).toBeVisible();
  });
});

describe('the panel', () => {
  it('asks for a token before every call', async () => {
    const { screen, server } = renderPanel('#/mail');
    await screen.findByText('Invoice 4711');
    const tokens = server.calls.map(({ authorization }) => authorization);
    expect(tokens.length).toBeGreaterThan(1);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.every((token) => token?.startsWith('JWT '))).toBe(true);
  });

  it('says who may use it when a person may not', async () => {
    const forbidden = failure(403, 'not_an_administrator', 'You are not one.');
    const { screen } = renderPanel('#/', { instead: { 'GET /overview': forbidden } });
    expect(await screen.findByText('This page is for Jira administrators')).toBeVisible();
  });

  it('shows the pages when it could not learn who looks', async () => {
    const instead = { 'GET /me': failure(500, 'internal', 'No.') };
    const { screen } = renderPanel('#/', { instead });
    expect(await screen.findByText(/all accounted for/)).toBeVisible();
  });

  it('tells a lost connection from a fault of its own', async () => {
    const { screen } = renderPanel('#/mail', { instead: { 'GET /mails': 'network' } });
    expect(await screen.findByText(/Postroom cannot be reached/)).toBeVisible();
  });

  it('knows addresses that it does not have', async () => {
    const { screen } = renderPanel('#/nowhere');
    expect(await screen.findByText('There is no such page')).toBeVisible();
    await waitFor(() => expect(document.title).toContain('There is no such page'));
  });
});
