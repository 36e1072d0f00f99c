import { waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aWorld } from './fake/aWorld';
import { fakeBridge } from './fake/bridge';
import { failure, type Reply } from './fake/routes';
import { renderPanel } from './renderPanel';

function emptySide() {
  const world = aWorld({ sources: [], outbounds: [], mails: [] });
  world.overview = { ...world.overview, sources: 0, outbounds: 0, needs: [] };
  world.move = {
    site_url: 'https://acme.atlassian.net',
    sources: 14,
    outbounds: 1,
    mails: 14212,
    since: '2026-03-02T10:00:00Z',
  };
  return world;
}

function open(instead: Record<string, Reply> = {}) {
  const bridge = fakeBridge({ door: 'forge' });
  return renderPanel('#/', { world: emptySide(), bridge, instead });
}

async function ask(panel: ReturnType<typeof open>) {
  await panel.user.click(await panel.screen.findByRole('button', { name: 'Move them here' }));
  return panel.screen.findByRole('dialog');
}

describe('the move from Connect', () => {
  it('is offered beside the first card, with what there is', async () => {
    const { screen } = open();
    expect(
      await screen.findByText(/has 14 message sources, 1 message outbound and 14,212 mails/),
    ).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Connect a mailbox' })).toBeVisible();
    await expectNoAxeFindings();
  });

  it('says what is kept and what changes, moves, and asks everything again', async () => {
    const panel = open();
    const { screen, user, server } = panel;
    const dialog = await ask(panel);
    expect(within(dialog).getByText(/all 14,212 mails with their history/)).toBeVisible();
    expect(
      within(dialog).getByText(/new issues and comments are made by that app’s account/),
    ).toBeVisible();
    await expectNoAxeFindings(dialog);
    expect(server.calls.some(({ method }) => method === 'POST')).toBe(false);

    await user.click(within(dialog).getByRole('button', { name: 'Move' }));
    expect(await screen.findByText('Everything has moved')).toBeVisible();
    expect(await screen.findByText(/1 of 2 mailboxes needs/)).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(server.calls.filter(({ path }) => path === '/me')).toHaveLength(2);
  });

  it('says what to do first when this side has mailboxes', async () => {
    const conflict = failure(409, 'not_empty', 'This side has 2 mailboxes.');
    Object.assign(conflict.body as object, {
      error: { code: 'not_empty', message: 'This side has 2 mailboxes.', reference: 'req-4711' },
    });
    const panel = open({ 'POST /move': conflict });
    const dialog = await ask(panel);
    await panel.user.click(within(dialog).getByRole('button', { name: 'Move' }));
    expect(await within(dialog).findByText('Nothing has moved')).toBeVisible();
    expect(within(dialog).getByText(/Delete the message sources/)).toBeVisible();
  });

  it('says that somebody was faster', async () => {
    const panel = open({ 'POST /move': failure(404, 'not_found', 'Nothing to move.') });
    const dialog = await ask(panel);
    await panel.user.click(within(dialog).getByRole('button', { name: 'Move' }));
    expect(await within(dialog).findByText('There is nothing to move any more')).toBeVisible();
  });

  it('is not offered where there is nothing to move', async () => {
    const world = emptySide();
    if (world.move) Object.assign(world.move, { sources: 0, outbounds: 0, mails: 0 });
    const { screen, server } = renderPanel('#/', { world, bridge: fakeBridge({ door: 'forge' }) });
    await screen.findByRole('heading', { name: 'Connect a mailbox' });
    await waitFor(() => expect(server.calls.some(({ path }) => path === '/move')).toBe(true));
    expect(screen.queryByText(/Connect app/)).toBeNull();
  });

  it('is not asked for through Connect', async () => {
    const { screen, server } = renderPanel('#/', { world: emptySide() });
    await screen.findByRole('heading', { name: 'Connect a mailbox' });
    expect(server.calls.some(({ path }) => path === '/move')).toBe(false);
    expect(screen.queryByText(/Connect app/)).toBeNull();
  });
});
