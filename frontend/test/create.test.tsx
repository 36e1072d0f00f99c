import { waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aWorld } from './fake/aWorld';
import { ANN } from './fake/connectionRoutes';
import { aSource } from './fake/connections';
import { failure } from './fake/routes';
import { renderPanel } from './renderPanel';

const EWS = 'Exchange Web Services (legacy)';

function posted({ server }: ReturnType<typeof renderPanel>, path: string) {
  return server.calls.find((call) => call.method === 'POST' && call.path === path)?.body;
}

describe('the page that creates a connection', () => {
  it('begins a sign-in for EWS, after its end was said', async () => {
    const panel = renderPanel('#/create?purpose=both');
    const { screen, user, bridge } = panel;
    await user.click(await screen.findByLabelText(EWS));
    expect(screen.getByText(/Microsoft ends Exchange Web Services on/)).toBeVisible();
    await user.type(screen.getByLabelText('Address'), 'old@contoso.example');
    await expectNoAxeFindings();
    await user.click(screen.getByRole('button', { name: 'Sign in with Microsoft' }));
    await screen.findByText('Waiting for the sign-in with Microsoft');
    expect(bridge.windows).toHaveLength(1);
    expect(posted(panel, '/sign-ins')).toEqual({
      purpose: 'both',
      protocol: 'ews',
      mailbox: 'old@contoso.example',
    });
  });

  it('makes a link for the owner', async () => {
    const panel = renderPanel('#/create?purpose=source');
    const { screen, user, bridge } = panel;
    await user.click(await screen.findByLabelText('The owner of the mailbox signs in'));
    await user.click(screen.getByRole('button', { name: 'Make a link to send' }));
    await screen.findByText('Link for the owner of the mailbox');
    expect(bridge.windows).toHaveLength(0);
    expect(posted(panel, '/sign-ins')).toEqual({
      purpose: 'source',
      protocol: 'graph',
      asked: 'owner',
    });
  });

  it('makes a source of a sign-in that is there', async () => {
    const panel = renderPanel('#/create?purpose=both');
    const { screen, user } = panel;
    await user.click(await screen.findByLabelText('Use a sign-in that is there already'));
    await user.click(await screen.findByLabelText('Sign-in'));
    await user.click(await screen.findByText('ann@contoso.example'));
    await user.type(screen.getByLabelText('Address'), 'team@contoso.example');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    await screen.findByText('Where should its mail go?');
    expect(posted(panel, '/sources')).toEqual({
      grant_id: ANN.id,
      mailbox: 'team@contoso.example',
      protocol: 'graph',
    });
  });

  it('offers a sign-in where the one that is there is not enough', async () => {
    const instead = { 'POST /sources': failure(409, 'missing_scopes', 'Rights are missing.') };
    const { screen, user } = renderPanel('#/create?purpose=source', { instead });
    await user.click(await screen.findByLabelText('Use a sign-in that is there already'));
    await user.click(await screen.findByLabelText('Sign-in'));
    await user.click(await screen.findByText('ann@contoso.example'));
    await user.type(screen.getByLabelText('Address'), 'team@contoso.example');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText(/Rights are missing\./)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Sign in again' }));
    expect(await screen.findByText('Waiting for the sign-in with Microsoft')).toBeVisible();
  });
});

describe('the tables of connections', () => {
  it('are narrowed to what needs attention, by a link', async () => {
    const { screen, user } = renderPanel('#/messaging/sources');
    await screen.findByText('Needs sign-in');
    await user.click(screen.getByRole('link', { name: 'Needs attention' }));
    await waitFor(() => expect(screen.queryByText('hr@contoso.example')).toBeNull());
    expect(screen.getByText('sales@contoso.example')).toBeVisible();
  });

  it('say that nothing matches', async () => {
    const { screen, user } = renderPanel('#/messaging/sources?show=ews');
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    await expectNoAxeFindings();
    await user.click(screen.getByRole('link', { name: 'Show all' }));
    expect(await screen.findByText('Needs sign-in')).toBeVisible();
  });

  it('tell lag, protocol and until when it lives', async () => {
    const ews = aSource({ protocol: 'ews', ends_at: '2027-04-01T12:00:00Z', lag_seconds: 75 });
    const { screen } = renderPanel('#/messaging/sources', { world: aWorld({ sources: [ews] }) });
    expect(await screen.findByText('EWS (legacy)')).toBeVisible();
    expect(screen.getByText('1 min')).toBeVisible();
    expect(screen.getByText(/until Apr 1, 2027/)).toBeVisible();
  });
});
