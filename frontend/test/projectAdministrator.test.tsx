import { within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aWorld } from './fake/aWorld';
import { fakeBridge } from './fake/bridge';
import { renderPanel } from './renderPanel';

const SOURCE = '0192f3a0-0000-7000-8000-000000000001';
const DEAD = '0192f3a0-0000-7000-8000-000000000103';
const WHY = 'You administer projects here. Jira administrators change settings.';

function projectAdministrator() {
  const world = aWorld();
  world.me = { ...world.me, is_admin: false, role: 'project_administrator' };
  // The API tells only of the projects that the account administers.
  world.sources = world.sources.filter(({ target }) => target?.project_key === 'SUP');
  return world;
}

function buttons(screen: ReturnType<typeof renderPanel>['screen']) {
  return screen.queryAllByRole('button').map(({ textContent }) => textContent);
}

describe('a project administrator', () => {
  it('starts with the mailboxes, may change nothing, and reads why', async () => {
    const { screen, server } = renderPanel('#/', { world: projectAdministrator() });
    expect(await screen.findByText('Needs sign-in')).toBeVisible();
    expect(screen.getByText(WHY)).toBeVisible();
    expect(screen.getByText('A Jira administrator acts')).toBeVisible();
    expect(buttons(screen)).toEqual([]);
    expect(screen.queryByRole('tab')).toBeNull();
    const nav = screen.getByRole('navigation', { name: 'Pages of Postroom' });
    const links = within(nav).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['Messaging', 'Mail']);
    expect(links[0]).toHaveAttribute('aria-current', 'page');
    const asked = new Set(server.calls.map(({ path }) => path));
    expect([...asked]).toEqual(['/me', '/sources']);
    await expectNoAxeFindings();
  });

  it('looks at a mailbox without pinging it', async () => {
    const { screen, server } = renderPanel(`#/sources/${SOURCE}?ping=1`, {
      world: projectAdministrator(),
    });
    await screen.findByText('14,212 of 14,212');
    expect(screen.queryByRole('button', { name: /Ping|Pause|More actions/ })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Show who changed what' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Message outbound' })).toBeNull();
    expect(server.calls.every(({ method }) => method === 'GET')).toBe(true);
    await expectNoAxeFindings();
  });

  it('reads mails, and does not try them again', async () => {
    const { screen } = renderPanel(`#/mail/${DEAD}`, { world: projectAdministrator() });
    await screen.findByText('The mail as it came');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(screen.getByRole('button', { name: 'View raw' })).toBeVisible();
  });

  it('reads the log of mails, not the notifications', async () => {
    const { screen } = renderPanel('#/mail', { world: projectAdministrator() });
    await screen.findByText('Invoice 4711');
    expect(screen.queryByText('Notifications')).toBeNull();
    await expectNoAxeFindings();
  });

  it.each([
    '#/messaging/outbounds',
    '#/settings/audit',
    '#/notifications',
    `#/sources/${SOURCE}/start`,
  ])('is told that %s is for others, and nothing is asked', async (hash) => {
    const { screen, server } = renderPanel(hash, { world: projectAdministrator() });
    expect(await screen.findByText('This page is for Jira administrators')).toBeVisible();
    expect(server.calls.map(({ path }) => path)).toEqual(['/me']);
    await expectNoAxeFindings();
  });
});

describe('somebody who administers nothing', () => {
  it('is told who may open the panel', async () => {
    const world = aWorld();
    world.me = { ...world.me, is_admin: false, role: 'none' };
    const { screen, server } = renderPanel('#/', { world });
    expect(await screen.findByText('This page is for Jira administrators')).toBeVisible();
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(server.calls.map(({ path }) => path)).toEqual(['/me']);
  });
});

describe('in the settings of a project', () => {
  it('only its mailboxes are shown, and the others are one link away', async () => {
    const bridge = fakeBridge({ project: '10001' });
    const { screen, user } = renderPanel('#/messaging/sources', { bridge });
    expect(await screen.findByText('No mailbox brings mail to this project')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Show the mailboxes of all projects' }));
    expect(await screen.findByText('Needs sign-in')).toBeVisible();
  });

  it('a mailbox of this project is shown', async () => {
    const bridge = fakeBridge({ project: '10000' });
    const { screen } = renderPanel('#/messaging/sources', { bridge });
    expect(await screen.findByText('Needs sign-in')).toBeVisible();
    expect(screen.queryByText('hr@contoso.example')).toBeNull();
  });
});
