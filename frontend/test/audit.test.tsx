import { within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { expectNoAxeFindings } from './axe';
import { aChange, SUPPORT } from './fake/audit';
import { aWorld } from './fake/aWorld';
import { failure } from './fake/routes';
import { renderPanel } from './renderPanel';

function rowOf(element: HTMLElement): HTMLElement {
  const row = element.closest('tr');
  if (!row) throw new Error('no row');
  return row;
}

/** The files that the browser was handed. */
let saved: Blob[] = [];

beforeEach(() => {
  saved = [];
  // jsdom saves nothing.
  URL.createObjectURL = (file) => {
    if (file instanceof Blob) saved.push(file);
    return 'blob:it';
  };
  URL.revokeObjectURL = () => undefined;
});

describe('the audit trail', () => {
  it('says who changed what, from what to what', async () => {
    const { screen } = renderPanel('#/settings/audit');
    const row = rowOf(await screen.findByText('Changed the message source Support.'));
    expect(within(row).getByText('Ann Administrator')).toBeVisible();
    expect(within(row).getByText(/from support@contoso.example to Support/)).toBeVisible();
    expect(within(row).getByText('start from')).toBeVisible();
    expect(within(row).getByText(/from nothing to May 2, 2026, /)).toBeVisible();
  });

  it('has words for who is no person, and for a person whose name is not told', async () => {
    const { screen } = renderPanel('#/settings/audit');
    const rotated = rowOf(await screen.findByText(/shared secret/));
    expect(within(rotated).getByText('Atlassian')).toBeVisible();
    const exported = rowOf(screen.getByText('Exported the audit trail.'));
    expect(within(exported).getByText('Somebody whose name Jira does not tell')).toBeVisible();
    expect(within(exported).getByText('5b10a2844c20165700ede21g')).toBeVisible();
    expect(within(exported).queryByRole('link')).toBeNull();
  });

  it('filters by kind, with links', async () => {
    const { screen, user, server } = renderPanel('#/settings/audit');
    await user.click(await screen.findByText('Kind: all'));
    await expectNoAxeFindings();
    const kinds = screen.getByRole('navigation', { name: 'Message sources' });
    await user.click(within(kinds).getByRole('link', { name: 'Paused' }));
    expect(await screen.findByText('Kind: Message sources, paused')).toBeVisible();
    await screen.findByText('Paused the message source Support.');
    expect(screen.queryByText('Changed the message source Support.')).toBeNull();
    expect(window.location.hash).toBe('#/settings/audit?action=source.paused');
    const asked = server.calls.filter(({ path }) => path === '/audit').at(-1);
    expect(asked?.query.get('action')).toBe('source.paused');

    await user.click(within(kinds).getByRole('link', { name: 'Deleted' }));
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    await expectNoAxeFindings();
    const [clear] = screen.getAllByRole('link', { name: 'Remove the filters' });
    if (clear) await user.click(clear);
    expect(await screen.findByText('Changed the message source Support.')).toBeVisible();
  });

  it('shows the history of one thing', async () => {
    const { screen, user } = renderPanel('#/settings/audit');
    const row = rowOf(await screen.findByText('Changed the message source Support.'));
    await user.click(within(row).getByRole('link', { name: 'History of Support' }));
    const open = await screen.findByRole('link', { name: 'Open Support' });
    expect(open).toHaveAttribute('href', `#/sources/${SUPPORT}`);
    expect(screen.queryByText(/shared secret/)).toBeNull();
  });

  it('is reached from a connection', async () => {
    const { screen, user } = renderPanel(`#/sources/${SUPPORT}`);
    await user.click(await screen.findByRole('link', { name: 'Show who changed what' }));
    await screen.findByText('Paused the message source Support.');
    expect(screen.queryByText('Deleted the message outbound Billing.')).toBeNull();
  });

  it('tells on a paused connection who paused it', async () => {
    const world = aWorld();
    const hr = world.sources[2]?.id ?? '';
    const subject = { kind: 'source' as const, id: hr, name: 'hr@contoso.example' };
    world.audit.push(aChange({ id: 'p', action: 'source.paused', subject }));
    const { screen } = renderPanel(`#/sources/${hr}`, { world });
    expect(await screen.findByText(/Paused by Ann Administrator on /)).toBeVisible();
  });

  it('is not asked who paused what is not paused', async () => {
    const { screen, server } = renderPanel(`#/sources/${SUPPORT}`);
    await screen.findByText('14,212 of 14,212');
    expect(server.calls.some(({ path }) => path === '/audit')).toBe(false);
  });

  it('goes on page by page', async () => {
    const { screen, user } = renderPanel('#/settings/audit');
    await screen.findByText('Deleted the message outbound Billing.');
    expect(screen.queryByText('Postroom was installed.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('Postroom was installed.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('tells an empty trail from a filter that nothing matches', async () => {
    const { screen } = renderPanel('#/settings/audit', { world: aWorld({ audit: [] }) });
    expect(await screen.findByText('Nothing has been changed yet')).toBeVisible();
    await expectNoAxeFindings();
  });

  it.each(['csv', 'json'] as const)('is saved as %s', async (format) => {
    const { screen, user } = renderPanel('#/settings/audit');
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await expectNoAxeFindings(await screen.findByRole('dialog'));
    await user.click(screen.getByRole('button', { name: `Save as ${format.toUpperCase()}` }));
    expect(await screen.findByText(`audit.${format} is saved.`)).toBeVisible();
    expect(await saved[0]?.text()).toBe('at,who\n');
  });

  it('is saved from one day to another', async () => {
    const { screen, user, server } = renderPanel('#/settings/audit');
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.type(await screen.findByLabelText('First day'), '2026-05-02');
    await user.type(screen.getByLabelText('Last day'), '2026-05-31');
    await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
    await screen.findByText('audit.csv is saved.');
    const asked = server.calls.find(({ path }) => path === '/audit/export')?.query;
    expect(asked?.get('from')).toBe(new Date(2026, 4, 2).toISOString());
    expect(asked?.get('to')).toBe(new Date(2026, 5, 1).toISOString());
  });

  it('says when it cannot be saved', async () => {
    const instead = { 'GET /audit/export': failure(503, 'unavailable', 'It is busy.') };
    const { screen, user } = renderPanel('#/settings/audit', { instead });
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('button', { name: 'Save as CSV' }));
    expect(await screen.findByText(/It is busy/)).toBeVisible();
  });
});
