import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './story/chromium';
import { actAs, installApp, installForgeApp } from './story/jira';
import { expectAccessible, picture } from './story/look';
import { confirm, pickAccount, signInWithMicrosoft } from './story/microsoft';
import { goInside, openForgePanel, openPanel } from './story/panel';
import { settings } from './story/settings';

const MAILBOX = 'ann@contoso.example';
const site = settings.forgeSite;

/** A site that goes from Connect to Forge; each step stands on the one before it. */
describe('the same panel through Forge', () => {
  let browser: Browser;
  let context: BrowserContext;
  let jira: Page;
  let panel: Frame;
  const faults: string[] = [];

  const open = (query = '') => openForgePanel(jira, `${site}/forge/postroom-panel${query}`);

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(20_000);
    jira = await context.newPage();
    // What the frame's Content-Security-Policy refuses is told on the console alone.
    jira.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
    });
    // The host asks before it leads out of Jira.
    jira.on('dialog', (dialog) => void dialog.accept());
    await actAs(jira, 'Alice Admin', site);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(jira, 'forge-failed');
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function connect(): Promise<void> {
    const opened = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    const window = await opened;
    await signInWithMicrosoft(window, MAILBOX);
    await confirm(window);
    await jira.bringToFront();
    await panel.getByText(`Every right is proven on ${MAILBOX}.`).waitFor();
  }

  it('an administrator installs the app and meets the first card', async () => {
    await installForgeApp(jira, site);
    panel = await open();
    await panel.getByRole('heading', { name: 'Connect a mailbox' }).waitFor();
    await expectAccessible(panel);
    await picture(jira, 'forge-first-run');
  });

  it('is offered what the Connect app of the site has, and moves it', async () => {
    await installApp(jira, site);
    panel = await openPanel(jira, '', site);
    await connect();
    await panel.getByLabel('Project').click();
    await panel.getByRole('option', { name: 'Support (SUP)' }).click();
    await panel.getByRole('button', { name: 'Use this project' }).click();
    await panel.getByText('Task in Support (SUP)').waitFor();

    panel = await open();
    await panel.getByText(/has 1 message source, 1 message outbound/).waitFor();
    await expectAccessible(panel);
    await picture(jira, 'forge-move');
    await panel.getByRole('button', { name: 'Move them here' }).click();
    const dialog = panel.getByRole('dialog');
    await dialog.getByText(/Nobody signs in again/).waitFor();
    await expectAccessible(panel);
    await dialog.getByRole('button', { name: 'Move' }).click();
    await panel.getByText('Everything has moved').waitFor();
    await panel.getByRole('link', { name: '1 message source, 1 message outbound' }).waitFor();
  });

  it('signs in again in a window that the host opens', async () => {
    await goInside(panel, '#/messaging/sources', 'Messaging');
    await panel.getByRole('button', { name: `More actions for ${MAILBOX}` }).click();
    const opened = context.waitForEvent('page');
    await panel.getByRole('menuitem', { name: 'Sign in again' }).click();
    const window = await opened;
    await pickAccount(window, MAILBOX);
    await confirm(window);
    await jira.bringToFront();
    await panel.getByText(`Every right is proven on ${MAILBOX}.`).waitFor();
  });

  it('reads who changed what, and takes it along', async () => {
    await panel.getByRole('link', { name: 'Show who changed what' }).click();
    await panel.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
    const trail = panel.getByRole('table', { name: 'Audit trail' });
    await trail.getByText('Alice Admin', { exact: true }).first().waitFor();
    await panel.getByText('Kind: all').click();
    // The host gives the frame the height of its content.
    await panel.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight);
    await expectAccessible(panel);
    await picture(jira, 'forge-audit');
    await panel.getByRole('link', { name: 'Remove the filters' }).click();
    await panel.getByRole('link', { name: 'Moved to Forge' }).click();
    // Until the filter has answered, the rows of before are there, then none.
    await expect.poll(() => trail.getByRole('row').count(), { timeout: 20_000 }).toBe(2);

    await panel.getByRole('button', { name: 'Export' }).click();
    const saved = jira.waitForEvent('download');
    await panel.getByRole('button', { name: 'Save as CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
  });

  it('every page is accessible in the dark', async () => {
    panel = await open('?theme=dark');
    await panel.getByRole('heading', { name: 'Mails by hour, last 24 hours' }).waitFor();
    await expectAccessible(panel);
    await picture(jira, 'forge-dark');
    await goInside(panel, '#/messaging/sources', 'Messaging');
    await panel.getByRole('link', { name: MAILBOX }).waitFor();
    await expectAccessible(panel);
    await goInside(panel, '#/settings/audit', 'Audit trail');
    await panel.getByRole('table').waitFor();
    await expectAccessible(panel);
  });

  it('shows a project administrator the mailbox of the project, and no button', async () => {
    await actAs(jira, 'Pia Project', site);
    panel = await openForgePanel(jira, `${site}/forge/postroom-project-panel?project=SUP`);
    await panel.getByText('You administer projects here.').waitFor();
    await panel.getByRole('link', { name: MAILBOX }).waitFor();
    expect(await panel.getByRole('button').count()).toBe(0);
    await expectAccessible(panel);
    await picture(jira, 'project-administrator');
  });

  it('never asked for what the frame may not do', () => {
    expect(faults).toEqual([]);
  });
});
