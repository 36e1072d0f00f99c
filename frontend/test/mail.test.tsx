import { within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aDownload } from './fake/audit';
import { aWorld } from './fake/aWorld';
import { fakeBridge } from './fake/bridge';
import { renderPanel } from './renderPanel';

const MAIL = '0192f3a0-0000-7000-8000-000000000101';
const DEAD = '0192f3a0-0000-7000-8000-000000000103';

describe('the mail log', () => {
  it('filters by links and searches', async () => {
    const { screen, user, server } = renderPanel('#/mail');
    await screen.findByText('Invoice 4711');
    await user.click(screen.getByRole('link', { name: 'Dead' }));
    await screen.findByText(/the project is archived/);
    expect(screen.queryByText('The printer prints only cats')).toBeNull();
    expect(window.location.hash).toBe('#/mail?state=dead');

    await user.type(screen.getByRole('searchbox'), 'cats{Enter}');
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    const asked = server.calls.filter(({ path }) => path === '/mails').at(-1);
    expect(asked?.query.get('state')).toBe('dead');
    expect(asked?.query.get('q')).toBe('cats');
    await expectNoAxeFindings();

    await user.click(screen.getByRole('link', { name: 'Remove the filters' }));
    expect(await screen.findByText('Invoice 4711')).toBeVisible();
  });

  it('tells an empty log from a filter that nothing matches', async () => {
    const { screen } = renderPanel('#/mail', { world: aWorld({ mails: [] }) });
    expect(await screen.findByText('No mail yet')).toBeVisible();
    await expectNoAxeFindings();
  });

  it('links issues to the site', async () => {
    const { screen } = renderPanel('#/mail');
    const link = await screen.findByRole('link', { name: /SUP-7/ });
    expect(link).toHaveAttribute('href', 'https://acme.atlassian.net/browse/SUP-7');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });
});

describe('a mail', () => {
  it('shows what came, what was decided and what Jira got', async () => {
    const { screen } = renderPanel(`#/mail/${MAIL}`);
    await screen.findByText('The mail as it came');
    expect(screen.getByText('<c9a1f2@customer.example>')).toBeVisible();
    expect(screen.getByText('image/png, 30 kB, in the text, kept')).toBeVisible();
    expect(screen.getByText('Create a Task in SUP.')).toBeVisible();
    expect(screen.getByText('only cats')).toBeVisible();
    expect(screen.getByText(/Jira answered 413/)).toBeVisible();
    expect(screen.getAllByRole('link', { name: /Open SUP-7 in Jira/ })[0]).toBeVisible();
  });

  it('never makes a link of what is no web address', async () => {
    const { screen } = renderPanel(`#/mail/${MAIL}`);
    expect(await screen.findByRole('link', { name: 'Look at them' })).toBeVisible();
    expect(screen.getByText(/or not/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'or not' })).toBeNull();
    expect(document.querySelector('[href^="javascript"]')).toBeNull();
  });

  it('is tried again', async () => {
    const { screen, user } = renderPanel(`#/mail/${DEAD}`);
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Tried again by Alice.')).toBeVisible();
    expect(screen.getByText(/It is tried again/)).toBeVisible();
  });

  it('is shown byte for byte', async () => {
    const { screen, user } = renderPanel(`#/mail/${MAIL}`);
    await user.click(await screen.findByRole('button', { name: 'View raw' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/meow/)).toBeVisible();
    await expectNoAxeFindings(dialog);
  });

  it('is shown byte for byte where only JSON passes', async () => {
    const raw = aDownload('a.eml', 'message/rfc822', 'Subject: dogs\r\n\r\nw\xfff');
    const { screen, user } = renderPanel(`#/mail/${MAIL}`, {
      bridge: fakeBridge({ door: 'forge' }),
      instead: { [`GET /mails/${MAIL}/raw`]: { status: 200, body: raw } },
    });
    await user.click(await screen.findByRole('button', { name: 'View raw' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/Subject: dogs/)).toBeVisible();
  });
});

describe('notifications', () => {
  it('filter by state', async () => {
    const { screen, user } = renderPanel('#/notifications');
    await screen.findByText('Re: The printer prints only cats');
    await user.click(screen.getByRole('link', { name: 'Dead' }));
    expect(await screen.findByText('No notification has this state.')).toBeVisible();
  });
});
