import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './story/chromium';
import { clearFaults, dropMail, tell, tokenUsedUp } from './story/control';
import { actAs, installApp, isInstalled } from './story/jira';
import { expectAccessible, picture } from './story/look';
import { confirm, pickAccount, signInWithMicrosoft } from './story/microsoft';
import { goInside, openPanel } from './story/panel';
import { SUPPORT } from './story/settings';
import { until } from './story/webmail';

const FOREVER = 100_000;
const PATIENT = { timeout: 40_000 };

/** The four problems that people know by name, as an administrator meets them and ends them. */
describe('a mailbox in trouble', () => {
  let browser: Browser;
  let context: BrowserContext;
  let jira: Page;
  let panel: Frame;
  let page = '';

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1280, height: 1100 } });
    context.setDefaultTimeout(20_000);
    jira = await context.newPage();
    await actAs(jira, 'Alice Admin');
    if (!(await isInstalled(jira))) await installApp(jira);
    panel = await openPanel(jira);
    await goInside(panel, '#/messaging/sources', 'Messaging');
    const source = panel.getByRole('link', { name: SUPPORT, exact: true });
    const table = panel.getByRole('table', { name: 'Message sources' });
    await table.or(panel.getByText('No mailbox is connected yet')).first().waitFor();
    if ((await source.count()) === 0) await connect();
    await goInside(panel, '#/messaging/sources', 'Messaging');
    await source.click();
    await panel.getByRole('heading', { level: 1, name: SUPPORT }).waitFor();
    page = await panel.evaluate(() => window.location.hash);
  }, 120_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(jira, 'problem-failed');
    await clearFaults();
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function connect(): Promise<void> {
    const opened = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    const window = await opened;
    await signInWithMicrosoft(window, SUPPORT);
    await confirm(window);
    await jira.bringToFront();
    await panel.getByText(`Every right is proven on ${SUPPORT}.`).waitFor();
    await panel.getByLabel('Project').click();
    await panel.getByRole('option', { name: 'Support (SUP)' }).click();
    await panel.getByRole('button', { name: 'Use this project' }).click();
    await panel.getByText('Task in Support (SUP)').waitFor();
  }

  async function choose(action: string): Promise<void> {
    await panel.getByRole('button', { name: `More actions for ${SUPPORT}` }).click();
    await panel.getByRole('menuitem', { name: action }).click();
  }

  /** Has the mailbox looked at until the page of the source says so. */
  async function seen(words: RegExp, meanwhile?: () => Promise<void>): Promise<void> {
    const said = panel.getByRole('region', { name: 'State', exact: true }).getByText(words);
    await until(async () => {
      await meanwhile?.();
      await choose('Check now');
      return said
        .first()
        .waitFor({ timeout: 3_000 })
        .then(() => true)
        .catch(() => false);
    }, `the panel to say ${words}`);
  }

  async function signInAgain(waiting?: string): Promise<void> {
    const opened = context.waitForEvent('page');
    await choose('Sign in again');
    const window = await opened;
    await pickAccount(window, SUPPORT);
    await confirm(window);
    await jira.bringToFront();
    if (waiting) {
      await panel.getByText(new RegExp(`^Offline .* ${waiting} waiting$`)).waitFor();
      await expectAccessible(panel);
      await picture(jira, 'problem-what-waited');
      await panel.getByRole('button', { name: 'Import all' }).click();
    }
    await panel.getByText(`Every right is proven on ${SUPPORT}.`).waitFor();
    await seen(/^Active$/);
  }

  /** A mail that came meanwhile became one issue. */
  async function isDelivered(subject: string): Promise<void> {
    await goInside(panel, '#/mail', 'Mail');
    const row = panel.getByRole('row', { name: new RegExp(subject) });
    await row.getByText('Delivered').waitFor(PATIENT);
    expect(await row.count()).toBe(1);
    await goInside(panel, page, SUPPORT);
  }

  /** The state names who must act, and its button is in reach. */
  async function asks(who: string, button: string): Promise<void> {
    await panel.getByRole('region', { name: 'State', exact: true }).getByText(who).waitFor();
    await panel.getByRole('button', { name: button, exact: true }).waitFor();
  }

  async function keep(name: string, code?: string): Promise<void> {
    await panel.getByText('For support', { exact: true }).click();
    if (code) await panel.getByText(code, { exact: true }).first().waitFor();
    await expectAccessible(panel);
    await picture(jira, `problem-${name}`);
  }

  it('AADSTS50173: the sign-in was revoked, and a new one ends it', async () => {
    await tell(`/microsoft/users/${SUPPORT}/revoke`);
    await seen(/^Needs sign-in$/, tokenUsedUp);
    await clearFaults();
    await seen(/Microsoft revoked this sign-in on/);
    await asks('The owner of the mailbox acts', 'Sign in again');
    await keep('revoked', 'AADSTS50173');
    await dropMail(SUPPORT, 'Written while nobody was signed in');
    await signInAgain('1 mail');
    await isDelivered('Written while nobody was signed in');
  });

  it('AADSTS700003: the device is gone, which is for the Microsoft administrator', async () => {
    await tell('/microsoft/users', { address: SUPPORT, device: 'deleted' });
    await seen(/^Your Microsoft administrator acts$/, tokenUsedUp);
    await clearFaults();
    await seen(/device of the sign-in is not in the organisation any more/);
    await asks('Your Microsoft administrator acts', 'Sign in again');
    await keep('device', 'AADSTS700003');
    await tell('/microsoft/users', { address: SUPPORT, device: 'known' });
    await signInAgain();
  });

  it('401: the mail server refuses a good token', async () => {
    const refusal = { host: 'graph', response_code: 'InvalidAuthenticationToken' };
    await tell('/microsoft/faults', { ...refusal, times: FOREVER });
    await seen(/^(Needs sign-in|Refused)$/);
    await seen(/does not accept the sign-in for .*, not even with a fresh access token/);
    await asks('The owner of the mailbox acts', 'Sign in again');
    await keep('unauthorized');
    await clearFaults();
    await signInAgain();
  });

  it('read timed out: nobody acts, and it ends by itself', async () => {
    await tell('/microsoft/faults', { host: 'graph', drop: true, times: FOREVER });
    await seen(/^Nobody needs to act$/);
    await dropMail(SUPPORT, 'Written while nothing was answered');
    expect(await panel.getByRole('button', { name: 'Sign in again', exact: true }).count()).toBe(0);
    await keep('timed-out');
    await clearFaults();
    await seen(/^Active$/);
    await isDelivered('Written while nothing was answered');
  });
});
