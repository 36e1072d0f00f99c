import { waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aSignIn, aWorld } from './fake/aWorld';
import { anOwnerLink } from './fake/connectionRoutes';
import { failure } from './fake/routes';
import { before } from './fake/time';
import { renderPanel } from './renderPanel';

const SALES = '0192f3a0-0000-7000-8000-000000000002';
const PATIENT = { timeout: 12_000 };
const GAP = {
  since: before({ days: 4, hours: 3 }),
  offline_seconds: 356_400,
  mails: 212,
  more: false,
};

function takeOf({ server }: ReturnType<typeof renderPanel>) {
  return server.calls.find(({ path }) => path.endsWith('/take'));
}

describe('an approval', () => {
  it('is asked for by a link, waited for, and goes on by itself', async () => {
    const { screen, user, world } = renderPanel('#/messaging/sources');
    await user.click(await screen.findByText('My organisation needs an administrator’s approval'));
    await user.click(screen.getByRole('button', { name: 'Make a link for the administrator' }));

    await screen.findByText('https://postroom.example/microsoft/approve/token');
    expect(screen.getByText('Read mail')).toBeVisible();
    expect(screen.getByText(/This page goes on by itself/)).toBeVisible();
    await expectNoAxeFindings();

    const signIn = world.signIns[0];
    Object.assign(signIn ?? {}, { approved_at: before({ minutes: 1 }) });
    await screen.findByText(/Going on…/, {}, PATIENT);
    Object.assign(signIn ?? {}, { state: 'confirmed', mailbox: 'sales@contoso.example' });
    await screen.findByText('Where should its mail go?', {}, PATIENT);
  }, 40_000);

  it('that Microsoft asked for in the middle of a sign-in gets its link afterwards', async () => {
    const signIn = aSignIn({ state: 'waiting_for_approval' });
    const world = aWorld({ signIns: [signIn] });
    const { screen, user } = renderPanel(`#/sign-in/${signIn.id}`, { world });
    await user.click(
      await screen.findByRole('button', { name: 'Make a link for the administrator' }),
    );
    expect(await screen.findByText('Link for your Microsoft administrator')).toBeVisible();
  });
});

describe('mail of a gap', () => {
  const confirmed = aSignIn({
    state: 'confirmed',
    mailbox: 'sales@contoso.example',
    signed_in_as: 'ann@contoso.example',
    gap: GAP,
  });
  const open = () => {
    const world = aWorld({ signIns: [{ ...confirmed }] });
    return renderPanel(`#/sign-in/${confirmed.id}?purpose=source&source=${SALES}`, { world });
  };

  it('waits for a choice, and all of it is offered first', async () => {
    const panel = open();
    await panel.screen.findByText('Offline 4 d 3 h, 212 mails waiting');
    expect(takeOf(panel)).toBeUndefined();
    await expectNoAxeFindings();
    await panel.user.click(panel.screen.getByRole('button', { name: 'Import all' }));
    await waitFor(() => expect(takeOf(panel)?.body).toEqual({ import: 'all' }));
  });

  it('is imported from a day on', async () => {
    const panel = open();
    const { screen, user } = panel;
    await user.click(await screen.findByLabelText('From a day on'));
    await user.type(screen.getByLabelText('First day'), '2999-01-01');
    await user.click(screen.getByRole('button', { name: 'Import from that day on' }));
    await screen.findByText('Choose a day that is not in the future.');
    await user.clear(screen.getByLabelText('First day'));
    await user.type(screen.getByLabelText('First day'), '2026-03-14');
    await user.click(screen.getByRole('button', { name: 'Import from that day on' }));
    const from = new Date('2026-03-14T00:00:00').toISOString();
    await waitFor(() => expect(takeOf(panel)?.body).toEqual({ import: { from } }));
  });

  it('is left in the mailbox where only new mail is wanted', async () => {
    const panel = open();
    await panel.user.click(await panel.screen.findByLabelText('Nothing of it, only new mail'));
    await panel.user.click(panel.screen.getByRole('button', { name: 'Go on with new mail' }));
    await waitFor(() => expect(takeOf(panel)).toBeDefined());
    const wanted = takeOf(panel)?.body.import as { from: string } | undefined;
    expect(new Date(wanted?.from ?? 0).getTime()).toBeGreaterThan(Date.parse(GAP.since));
  });
});

describe('a sign-in by somebody else', () => {
  it('is taken by a click, after who signed in for which mailbox was said', async () => {
    const link = anOwnerLink({
      state: 'confirmed',
      signed_in_as: 'bob@contoso.example',
      signer_is_mailbox: false,
    });
    const world = aWorld({ signIns: [link] });
    const panel = renderPanel(`#/sign-in/${link.id}?asked=owner`, { world });
    const { screen, user } = panel;
    await screen.findByText('bob@contoso.example signed in; the mailbox is sales@contoso.example');
    expect(takeOf(panel)).toBeUndefined();
    await expectNoAxeFindings();
    await user.click(screen.getByRole('button', { name: 'Connect sales@contoso.example' }));
    await waitFor(() => expect(takeOf(panel)?.body).toEqual({}));
  });

  it('that lacks rights is not taken by itself', async () => {
    const signIn = aSignIn({
      state: 'confirmed',
      mailbox: 'sales@contoso.example',
      missing_scopes: ['Mail.Send'],
    });
    const panel = renderPanel(`#/sign-in/${signIn.id}`, { world: aWorld({ signIns: [signIn] }) });
    await panel.screen.findByText('Rights are missing');
    expect(panel.screen.getByText(/Mail\.Send/)).toBeVisible();
    expect(takeOf(panel)).toBeUndefined();
  });
});

describe('an owner’s sign-in that lacks rights', () => {
  it('is asked for again by a link, not by a window here', async () => {
    const link = anOwnerLink({ state: 'confirmed', missing_scopes: ['Mail.Send'] });
    const panel = renderPanel(`#/sign-in/${link.id}?asked=owner`, {
      world: aWorld({ signIns: [link] }),
    });
    const { screen, user, server, bridge } = panel;
    await user.click(await screen.findByRole('button', { name: 'Send the owner a link' }));
    await waitFor(() =>
      expect(server.calls.find(({ path }) => path === '/sign-ins')?.body).toMatchObject({
        asked: 'owner',
      }),
    );
    expect(bridge.windows).toHaveLength(0);
  });
});

describe('links that are still open', () => {
  it('are listed with what they wait for, and taken back', async () => {
    const world = aWorld({ signIns: [anOwnerLink()] });
    const { screen, user } = renderPanel('#/messaging/sources', { world });
    const table = await screen.findByRole('table', { name: 'Links that are still open' });
    expect(within(table).getByText('The owner of the mailbox, to sign in')).toBeVisible();
    await user.click(within(table).getByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(screen.queryByText('Links that are still open')).toBeNull());
    expect(world.signIns).toHaveLength(0);
  });

  it('are there on a new site, too', async () => {
    const world = aWorld({ sources: [], outbounds: [], signIns: [anOwnerLink()] });
    world.overview = { ...world.overview, sources: 0, outbounds: 0, needs: [] };
    const { screen } = renderPanel('#/', { world });
    await screen.findByRole('heading', { name: 'Connect a mailbox' });
    await screen.findByRole('table', { name: 'Links that are still open' });
    await expectNoAxeFindings();
  });

  it('say when they cannot be loaded', async () => {
    const instead = { 'GET /sign-ins': failure(500, 'internal', 'No links.') };
    const { screen } = renderPanel('#/messaging/sources', { instead });
    expect(await screen.findByText(/No links\./)).toBeVisible();
  });

  it('lead back to the connection that they were for', async () => {
    const world = aWorld({ signIns: [anOwnerLink({ source_id: SALES })] });
    const { screen } = renderPanel('#/messaging/sources', { world });
    const table = await screen.findByRole('table', { name: 'Links that are still open' });
    expect(within(table).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringContaining(`source=${SALES}`),
    );
  });
});
