import { waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aWorld } from './fake/aWorld';
import { anOutbound, aSource, aState, needsSignIn } from './fake/connections';
import { failure } from './fake/routes';
import { before } from './fake/time';
import { renderPanel } from './renderPanel';

const ID = '0192f3a0-0000-7000-8000-000000000001';
const COMMAND =
  'Add-MailboxPermission -Identity support@contoso.example -User ann -AccessRights FullAccess';

function open(change: Parameters<typeof aSource>[0] = {}, instead = {}) {
  const world = aWorld({ sources: [aSource(change)] });
  return renderPanel(`#/sources/${ID}`, { world, instead });
}

async function choose(panel: ReturnType<typeof renderPanel>, entry: string) {
  const { screen, user } = panel;
  await user.click(await screen.findByRole('button', { name: /^More actions for/ }));
  await user.click(await screen.findByRole('menuitem', { name: entry }));
  return screen.findByRole('dialog');
}

describe('a message source', () => {
  it('tells its lag, push, what ends when, and that all is accounted for', async () => {
    const { screen } = open();
    expect(await screen.findByText('12 s')).toBeVisible();
    expect(screen.getByText(/Microsoft tells of new mail at once/)).toBeVisible();
    expect(screen.getByText('The sign-in ends when it is not used.')).toBeVisible();
    expect(
      screen.getByText(/310 in the folder, 310 in the ledger, none was missing/),
    ).toBeVisible();
  });

  it('shows the history of its states as a picture and as a list', async () => {
    const { screen, user } = open();
    const picture = await screen.findByRole('img', { name: /^Since / });
    expect(picture.querySelectorAll('rect')).toHaveLength(2);
    expect(picture).toHaveAccessibleName(/1 time of trouble/);
    await user.click(screen.getByText('Show as a list'));
    const list = screen.getByRole('table', { name: 'History of states' });
    expect(within(list).getByText('Microsoft ended the sign-in.')).toBeVisible();
    expect(within(list).getByText('4 d 3 h')).toBeVisible();
    await expectNoAxeFindings();
  });

  it('says when its history cannot be loaded, and nothing else is lost by that', async () => {
    const instead = { [`GET /sources/${ID}/history`]: failure(500, 'internal', 'No history.') };
    const { screen } = open({}, instead);
    expect(await screen.findByText(/No history\./)).toBeVisible();
    expect(screen.getByText('14,212 of 14,212')).toBeVisible();
  });

  it('gives the way out as a command to copy and a page to open', async () => {
    const state = aState({
      code: 'refused',
      lozenge: 'Refused',
      tone: 'removed',
      sentence: 'Exchange does not let Postroom open this mailbox.',
      who_acts: 'microsoft_administrator',
      fix: [
        { kind: 'command', label: 'Exchange Online PowerShell', text: COMMAND, url: null },
        { kind: 'link', label: 'Or', text: 'Mailboxes', url: 'https://admin.exchange.example/' },
      ],
      correlation: 'c0ffee',
    });
    const { screen, user } = open({ state });
    const command = await screen.findByText(COMMAND);
    const step = command.closest('li');
    if (!step) throw new Error('no step');
    await user.click(within(step).getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe(COMMAND);
    expect(screen.getByRole('link', { name: /Open the page/ })).toHaveAttribute(
      'href',
      'https://admin.exchange.example/',
    );
    await user.click(screen.getByRole('button', { name: 'Copy for the administrator' }));
    const words = await navigator.clipboard.readText();
    expect(words).toContain(state.sentence);
    expect(words).toContain(COMMAND);
    await expectNoAxeFindings();
  });

  it('says how long it has been offline and what waits', async () => {
    const since = before({ days: 4, hours: 3 });
    const { screen } = open({
      state: needsSignIn(),
      offline: { since, seconds: 356_400, waiting: 212 },
    });
    expect(await screen.findByText('Offline 4 d 3 h')).toBeVisible();
    expect(screen.getByText(/212 mails are waiting. Nothing is lost/)).toBeVisible();
  });

  it('offers no link for the owner where none would help', async () => {
    const { screen } = open({ state: { ...needsSignIn(), owner_link: false } });
    await screen.findByRole('button', { name: 'Sign in again' });
    expect(screen.queryByRole('button', { name: 'Send the owner a link' })).toBeNull();
  });

  it('moves from EWS to Graph after what is kept was said', async () => {
    const panel = open({ protocol: 'ews', ends_at: '2027-04-01T00:00:00Z' });
    const { screen, user, server, world } = panel;
    expect(await screen.findByText(/Microsoft ends Exchange Web Services on/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Move to Microsoft Graph' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/No mail is taken twice/)).toBeVisible();
    await expectNoAxeFindings(dialog);
    Object.assign(world.sources[0] ?? {}, { moving: { done: 3, total: 10 } });
    await user.click(within(dialog).getByRole('button', { name: 'Move' }));
    expect(await screen.findByText(/3 of 10 mails/)).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '3');
    expect(server.calls.some(({ path }) => path.endsWith('/move-to-graph'))).toBe(true);
  });

  it('is counted again on demand', async () => {
    const { screen, user, server } = open();
    await user.click(await screen.findByRole('button', { name: 'Count again' }));
    expect(await screen.findByText(/The whole folder is being counted/)).toBeVisible();
    expect(server.calls.some(({ path }) => path.endsWith('/reconcile'))).toBe(true);
  });

  it('reads another folder, found in the tree', async () => {
    const panel = open();
    const dialog = await choose(panel, 'Choose the folder');
    const { user, server } = panel;
    expect(await within(dialog).findByRole('radio', { name: 'Inbox' })).toBeChecked();
    await user.click(within(dialog).getByRole('button', { name: 'Show what is in Inbox' }));
    await user.click(await within(dialog).findByRole('radio', { name: 'Requests' }));
    await expectNoAxeFindings(dialog);
    await user.click(within(dialog).getByRole('button', { name: 'Use this folder' }));
    await waitFor(() =>
      expect(server.calls.find(({ method }) => method === 'PATCH')?.body).toEqual({
        folder_id: 'requests',
      }),
    );
  });

  it('moves what is done to a folder that is chosen', async () => {
    const panel = open();
    const dialog = await choose(panel, 'Edit');
    const { screen, user, server } = panel;
    await user.click(within(dialog).getByLabelText('When a mail is done'));
    await user.click(await screen.findByText('Move it out of the folder'));
    await user.click(await within(dialog).findByRole('radio', { name: 'Archive' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(server.calls.find(({ method }) => method === 'PATCH')?.body).toMatchObject({
        settle: 'move',
        settle_folder_id: 'archive',
      }),
    );
  });

  it('goes on when play has proven every right', async () => {
    const panel = open();
    const dialog = await choose(panel, 'Play: prove and go on');
    expect(await within(dialog).findAllByText('Proven')).toHaveLength(5);
    expect(await within(dialog).findByText('It goes on.')).toBeVisible();
    expect(panel.server.calls.some(({ path }) => path.endsWith('/poll'))).toBe(true);
  });

  it('does not go on when play has found a right missing', async () => {
    const world = aWorld({ sources: [aSource()] });
    world.ping = { ...world.ping, ok: false };
    const panel = renderPanel(`#/sources/${ID}`, { world });
    const dialog = await choose(panel, 'Play: prove and go on');
    await within(dialog).findByText(/Something is missing/);
    expect(panel.server.calls.some(({ path }) => path.endsWith('/poll'))).toBe(false);
  });
});

describe('an edit of a message source', () => {
  it('goes back to the usual category, and names nothing else', async () => {
    const panel = open({ settle: 'categorise', settle_category: 'Done' });
    const dialog = await choose(panel, 'Edit');
    await panel.user.clear(within(dialog).getByLabelText('Category'));
    await panel.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(panel.server.calls.find(({ method }) => method === 'PATCH')?.body).toEqual({
        name: 'support@contoso.example',
        settle_category: null,
        project_id: '10000',
        issue_type_id: '1',
      }),
    );
  });
});

describe('a message outbound', () => {
  it('goes back to the mailbox’s own address', async () => {
    const world = aWorld({ outbounds: [anOutbound({ from_address: 'help@contoso.example' })] });
    const panel = renderPanel(`#/outbounds/${anOutbound().id}`, { world });
    const dialog = await choose(panel, 'Edit');
    await panel.user.clear(within(dialog).getByLabelText('Sends from'));
    await panel.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(panel.server.calls.find(({ method }) => method === 'PATCH')?.body).toEqual({
        name: 'support@contoso.example',
        from_address: null,
      }),
    );
  });

  it('gets another name and an alias to send from', async () => {
    const world = aWorld({ outbounds: [anOutbound()] });
    const panel = renderPanel(`#/outbounds/${anOutbound().id}`, { world });
    const dialog = await choose(panel, 'Edit');
    await panel.user.type(within(dialog).getByLabelText('Sends from'), 'help@contoso.example');
    await panel.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(panel.server.calls.find(({ method }) => method === 'PATCH')?.body).toEqual({
        name: 'support@contoso.example',
        from_address: 'help@contoso.example',
      }),
    );
  });

  it('is signed in for Graph where its sign-in was for EWS alone', async () => {
    const { id } = anOutbound();
    const world = aWorld({ outbounds: [anOutbound({ protocol: 'ews' })] });
    const instead = {
      [`POST /outbounds/${id}/move-to-graph`]: failure(409, 'missing_scopes', 'Not Mail.Send.'),
    };
    const panel = renderPanel(`#/outbounds/${id}`, { world, instead });
    const dialog = await choose(panel, 'Move to Microsoft Graph');
    await panel.user.click(within(dialog).getByRole('button', { name: 'Move' }));
    await within(dialog).findByText(/Not Mail\.Send/);
    await panel.user.click(within(dialog).getByRole('button', { name: 'Sign in with Microsoft' }));
    await waitFor(() =>
      expect(panel.server.calls.find(({ path }) => path.endsWith('/sign-ins'))?.body).toEqual({
        purpose: 'outbound',
        outbound_id: id,
        protocol: 'graph',
      }),
    );
  });
});
