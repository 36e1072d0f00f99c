import { waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aSignIn, aWorld } from './fake/aWorld';
import { fakeBridge } from './fake/bridge';
import { aMail } from './fake/mails';
import { renderPanel } from './renderPanel';

const PATIENT = { timeout: 8_000 };

function newSite() {
  const world = aWorld({ sources: [], outbounds: [], mails: [] });
  world.overview = { ...world.overview, sources: 0, outbounds: 0, needs: [] };
  return world;
}

describe('the first two minutes', () => {
  it('go from the card to the first mail', async () => {
    const { screen, user, world, bridge, server } = renderPanel('#/', { world: newSite() });
    await screen.findByRole('heading', { name: 'Connect a mailbox' });
    await expectNoAxeFindings();
    await user.click(screen.getByRole('button', { name: 'Sign in with Microsoft' }));

    await screen.findByText('Waiting for the sign-in with Microsoft');
    expect(bridge.windows[0]?.url).toBe(world.signIns[0]?.url);

    const signIn = world.signIns[0];
    Object.assign(signIn ?? {}, { state: 'authorized', signed_in_as: 'ann@contoso.example' });
    await screen.findByText('Signed in with Microsoft as ann@contoso.example', {}, PATIENT);
    Object.assign(signIn ?? {}, { state: 'confirmed', mailbox: 'support@contoso.example' });

    await screen.findByText('Every right is proven on support@contoso.example.', {}, PATIENT);
    expect(await screen.findAllByText('Proven')).toHaveLength(5);
    const takes = server.calls.filter(({ path }) => path.endsWith('/take'));
    expect(takes).toHaveLength(1);

    await user.click(screen.getByLabelText('Project'));
    await user.click(await screen.findByText('Support (SUP)'));
    await user.click(screen.getByRole('button', { name: 'Use this project' }));
    await screen.findByText('Task in Support (SUP)');
    await user.click(await screen.findByRole('button', { name: 'Start' }));
    await screen.findByText('Send a mail to support@contoso.example now; it will appear here.');
    const starts = server.calls.filter(({ method }) => method === 'PATCH');
    expect(starts.at(-1)?.body).toEqual({ start_from: 'now' });
    await expectNoAxeFindings();

    world.mails.push(aMail());
    const arrived = await screen.findByTestId('arrived-mail', {}, PATIENT);
    expect(within(arrived).getByText('SUP-7')).toBeVisible();
  }, 30_000);

  it('say that the window was blocked and offer the link', async () => {
    const bridge = fakeBridge({ blocked: true });
    const { screen, user, world } = renderPanel('#/', { world: newSite(), bridge });
    await user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft' }));
    await screen.findByText('Your browser blocked the sign-in window');
    const link = screen.getByRole('link', { name: /Open the sign-in window/ });
    expect(link).toHaveAttribute('href', world.signIns[0]?.url);
    await expectNoAxeFindings();
  });

  it('say that the window was closed', async () => {
    const { screen, user, bridge } = renderPanel('#/', { world: newSite() });
    await user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft' }));
    await screen.findByText('Waiting for the sign-in with Microsoft');
    bridge.windows[0]?.close();
    expect(await screen.findByText('The sign-in window was closed')).toBeVisible();
  });

  it('close the empty window again when the sign-in cannot begin', async () => {
    const { screen, user, bridge } = renderPanel('#/', {
      world: newSite(),
      instead: { 'POST /sign-ins': 'network' },
    });
    await user.click(await screen.findByRole('button', { name: 'Sign in with Microsoft' }));
    await screen.findByText(/Postroom cannot be reached/);
    expect(bridge.windows[0]?.state()).toBe('closed');
  });

  it('make a link for the owner instead of a window', async () => {
    const { screen, user, world, bridge } = renderPanel('#/', { world: newSite() });
    await user.click(await screen.findByText('I am not the mailbox’s owner'));
    await user.click(screen.getByRole('button', { name: 'Make a link to send' }));
    await screen.findByText('Link for the owner of the mailbox');
    expect(screen.getByText(world.signIns[0]?.url ?? '')).toBeVisible();
    expect(bridge.windows).toHaveLength(0);
  });

  it('name who acts when Microsoft wants an approval', async () => {
    const failed = aSignIn({
      state: 'failed',
      failure: {
        code: 'AADSTS90094',
        message: 'Microsoft wants an approval.',
        action: 'Send the link to your administrator.',
        who_acts: 'microsoft_administrator',
        admin_url: 'https://login.example/adminconsent',
      },
    });
    const { screen } = renderPanel(`#/sign-in/${failed.id}`, {
      world: aWorld({ signIns: [failed] }),
    });
    await screen.findByText('Microsoft wants an approval.');
    expect(screen.getByText(/Your Microsoft administrator acts/)).toBeVisible();
    expect(screen.getByText('https://login.example/adminconsent')).toBeVisible();
    await expectNoAxeFindings();
  });

  it('refuse a day in the future', async () => {
    const id = '0192f3a0-0000-7000-8000-000000000001';
    const { screen, user, server } = renderPanel(`#/sources/${id}/start`);
    await user.click(await screen.findByLabelText('From a date'));
    await user.type(screen.getByLabelText('First day'), '2999-01-01');
    await user.click(screen.getByRole('button', { name: 'Start' }));
    await screen.findByText('Choose a day that is not in the future.');
    await waitFor(() => expect(server.calls.some(({ method }) => method === 'PATCH')).toBe(false));
  });
});
