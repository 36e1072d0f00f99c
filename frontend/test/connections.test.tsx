import { waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aWorld } from './fake/aWorld';
import { aSource, aState } from './fake/connections';
import { failure } from './fake/routes';
import { renderPanel } from './renderPanel';

const SALES = '0192f3a0-0000-7000-8000-000000000002';

async function openMenu(panel: ReturnType<typeof renderPanel>, name: string) {
  const { screen, user } = panel;
  await user.click(await screen.findByRole('button', { name: `More actions for ${name}` }));
}

describe('message sources', () => {
  it('say the state, who acts, and offer the one button', async () => {
    const { screen } = renderPanel('#/messaging/sources');
    const row = (await screen.findByText('Needs sign-in')).closest('tr');
    if (!row) throw new Error('no row');
    expect(within(row).getByText(/Microsoft ended the sign-in/)).toBeVisible();
    expect(within(row).getByText('You can act')).toBeVisible();
    expect(within(row).getByRole('button', { name: 'Sign in again' })).toBeVisible();
  });

  it('are signed in again in place', async () => {
    const { screen, user, server } = renderPanel('#/messaging/sources');
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    await screen.findByText('Waiting for the sign-in with Microsoft');
    const begun = server.calls.find(({ method }) => method === 'POST');
    expect(begun?.body).toEqual({ purpose: 'source', source_id: SALES });
  });

  it('have a link made for the owner when the sign-in is another’s', async () => {
    const { screen, user, server, bridge } = renderPanel('#/messaging/sources');
    await user.click(await screen.findByRole('button', { name: 'Send the owner a link' }));
    await screen.findByText('Link for the owner of the mailbox');
    const begun = server.calls.find(({ method }) => method === 'POST');
    expect(begun?.body).toEqual({ purpose: 'source', source_id: SALES, asked: 'owner' });
    expect(bridge.windows).toHaveLength(0);
  });

  it('give the words for the administrator when Microsoft refuses', async () => {
    const state = aState({
      code: 'refused',
      lozenge: 'Refused',
      tone: 'removed',
      sentence: 'Exchange does not let Postroom open this mailbox.',
      who_acts: 'microsoft_administrator',
    });
    const world = aWorld({ sources: [aSource({ state })] });
    const { screen, user } = renderPanel('#/messaging/sources', { world });
    await user.click(await screen.findByRole('button', { name: 'Copy for the administrator' }));
    expect(await navigator.clipboard.readText()).toBe(state.sentence);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
  });

  it('show each right with its word when pinged', async () => {
    const world = aWorld();
    world.ping.ok = false;
    world.ping.rights = world.ping.rights.map((right) =>
      right.right === 'send'
        ? { ...right, ok: false, detail: 'Microsoft answered 403.', action: 'Grant Send As.' }
        : right,
    );
    const panel = renderPanel('#/messaging/sources', { world });
    await openMenu(panel, 'Sales');
    await panel.user.click(await panel.screen.findByRole('menuitem', { name: 'Ping' }));
    const dialog = await panel.screen.findByRole('dialog');
    await within(dialog).findByText('Something is missing on sales@contoso.example.');
    expect(await within(dialog).findByText('Missing')).toBeVisible();
    expect(within(dialog).getAllByText('Proven')).toHaveLength(4);
    expect(within(dialog).getByText('Grant Send As.')).toBeVisible();
    await expectNoAxeFindings(dialog);
  });

  it('are resumed', async () => {
    const { screen, user, world } = renderPanel('#/messaging/sources');
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(screen.queryByText('Paused')).toBeNull());
    expect(world.sources[2]?.state.code).toBe('active');
  });

  it('are deleted only after what is kept and lost was said', async () => {
    const panel = renderPanel('#/messaging/sources');
    const { screen, user, world } = panel;
    await openMenu(panel, 'Sales');
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/All mails received so far/)).toBeVisible();
    expect(within(dialog).getByText(/212 waiting mails are not delivered/)).toBeVisible();
    await expectNoAxeFindings(dialog);
    expect(world.sources).toHaveLength(3);

    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByText('sales@contoso.example')).toBeNull());
    expect(world.sources).toHaveLength(2);
  });

  it('are edited: name and target go in one call', async () => {
    const panel = renderPanel('#/messaging/sources');
    const { screen, user, server } = panel;
    await openMenu(panel, 'Sales');
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const name = await screen.findByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'Sales EMEA');
    await user.click(await screen.findByLabelText('Project'));
    await user.click(await screen.findByText('Operations (OPS)'));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Sales EMEA');
    const patch = server.calls.find(({ method }) => method === 'PATCH');
    expect(patch?.body).toEqual({
      name: 'Sales EMEA',
      project_id: '10001',
      issue_type_id: '1',
    });
  });

  it('say when an action did not work', async () => {
    const panel = renderPanel('#/messaging/sources', {
      instead: { [`POST /sources/${SALES}/pause`]: failure(409, 'conflict', 'It is busy.') },
    });
    await openMenu(panel, 'Sales');
    await panel.user.click(await panel.screen.findByRole('menuitem', { name: 'Pause' }));
    expect(await panel.screen.findByText(/It is busy/)).toBeVisible();
  });

  it('say that there is none yet', async () => {
    const { screen } = renderPanel('#/messaging/sources', { world: aWorld({ sources: [] }) });
    expect(await screen.findByText('No mailbox is connected yet')).toBeVisible();
    await expectNoAxeFindings();
  });
});

describe('message outbounds', () => {
  it('send a test mail', async () => {
    const id = '0192f3a0-0000-7000-8000-0000000000a1';
    const { screen, user, server } = renderPanel(`#/outbounds/${id}`);
    await user.type(await screen.findByLabelText('To'), 'me@acme.example');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText(/<test@postroom.example>/)).toBeVisible();
    expect(server.calls.find(({ path }) => path.endsWith('/test'))?.body).toEqual({
      to: 'me@acme.example',
    });
  });

  it('say that there is none yet', async () => {
    const { screen } = renderPanel('#/messaging/outbounds', { world: aWorld({ outbounds: [] }) });
    expect(await screen.findByText('No mailbox sends yet')).toBeVisible();
  });
});
