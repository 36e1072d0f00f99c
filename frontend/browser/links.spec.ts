import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chatRoom, saidIn } from './story/chat';
import { launch } from './story/chromium';
import { clearFaults, dropMail, tokenUsedUp } from './story/control';
import { actAs, installApp, isInstalled } from './story/jira';
import { expectAccessible, picture } from './story/look';
import { confirm, pickAccount, signInWithMicrosoft } from './story/microsoft';
import { ADMINISTRATOR, HELPDESK, makeOrganisation, revoke } from './story/organisation';
import { goInside, openPanel } from './story/panel';
import { until } from './story/webmail';

const MEANWHILE = 'Written while nobody could read it';
const ROOM = 'operations';

/** What somebody without Jira does with a link, and who is told; each step stands on the one before it. */
describe('somebody else is needed', () => {
  let browser: Browser;
  let context: BrowserContext;
  let jira: Page;
  let panel: Frame;

  beforeAll(async () => {
    await makeOrganisation();
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1280, height: 1100 } });
    context.setDefaultTimeout(20_000);
    jira = await context.newPage();
    await actAs(jira, 'Alice Admin');
    if (!(await isInstalled(jira))) await installApp(jira);
    panel = await openPanel(jira);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(jira, 'links-failed');
  });

  afterAll(async () => {
    await clearFaults();
    await browser?.close();
  });

  /** Somebody else's browser, which shares nothing with the one of the panel. */
  async function elsewhere(): Promise<Page> {
    const theirs = await browser.newContext({ viewport: { width: 1000, height: 900 } });
    theirs.setDefaultTimeout(20_000);
    return theirs.newPage();
  }

  /** The link that the panel gives to copy. */
  async function given(part: string): Promise<string> {
    const link = panel.locator('code', { hasText: part }).first();
    await link.waitFor();
    return (await link.textContent()) ?? '';
  }

  it('an alert channel to a chat is added and tested', async () => {
    await goInside(panel, '#/settings', 'Settings');
    await panel.getByRole('button', { name: 'Add a channel' }).click();
    const form = panel.getByRole('dialog');
    await form.getByText('Chat', { exact: true }).click();
    await form.getByLabel('Name').fill('Operations');
    await form.getByLabel('Address of the webhook').fill(await chatRoom(ROOM));
    await form.getByLabel('Chat tool').click();
    await panel.getByRole('option', { name: 'Slack' }).click();
    await expectAccessible(panel);
    await picture(jira, 'alert-channel');
    await form.getByRole('button', { name: 'Save' }).click();

    const row = panel.getByRole('row', { name: /Operations/ });
    await row.getByRole('button', { name: 'Send a test' }).click();
    await row.getByText('The test is on its way.').waitFor();
    await until(async () => (await saidIn(ROOM)).length > 0, 'the test in the chat');
    await expectAccessible(panel);
    await picture(jira, 'settings');
  });

  it('an administrator approves by a forwarded link, and the sign-in goes on by itself', async () => {
    await goInside(panel, '#/messaging/sources', 'Messaging');
    const opened = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).first().click();
    const window = await opened;
    await pickAccount(window, HELPDESK);
    await window.getByRole('button', { name: /^Return to the application/ }).click();
    await window.getByText(/this page goes on by itself/).waitFor();
    await expectAccessible(window.mainFrame());
    await picture(window, 'approval-window');
    await jira.bringToFront();
    await panel.getByText(/^Your Microsoft administrator has to approve Postroom/).waitFor();
    const link = await given('/microsoft/approve/');
    await expectAccessible(panel);
    await picture(jira, 'approval-waiting');

    const theirs = await elsewhere();
    await theirs.goto(link);
    await theirs.getByText('Mail.ReadWrite').first().waitFor();
    await expectAccessible(theirs.mainFrame());
    await picture(theirs, 'approval-link');
    await theirs.getByRole('button', { name: 'Go to Microsoft to approve' }).click();
    await signInWithMicrosoft(theirs, ADMINISTRATOR);
    await theirs.getByRole('heading', { name: 'Postroom is approved' }).waitFor();
    await expectAccessible(theirs.mainFrame());
    await theirs.context().close();

    await window.bringToFront();
    await window.getByRole('button', { name: /^Connect this mailbox to / }).waitFor();
    await expectAccessible(window.mainFrame());
    await confirm(window);
    await jira.bringToFront();
    await panel.getByRole('heading', { level: 1, name: `Set up ${HELPDESK}` }).waitFor();
    await panel.getByText(`Every right is proven on ${HELPDESK}.`).waitFor();
  });

  it('chooses where its mail goes', async () => {
    await panel.getByLabel('Project').click();
    await panel.getByRole('option', { name: 'Support (SUP)' }).click();
    await panel.getByRole('button', { name: 'Use this project' }).click();
    await panel.getByText('Task in Support (SUP)').waitFor();
    await panel.getByRole('button', { name: 'Start' }).click();
    await panel.getByText('Waiting for the first mail…').waitFor();
  });

  it('the page of Microsoft says who has allowed what, and how to bring an own registration', async () => {
    for (const query of ['?theme=dark', '']) {
      panel = await openPanel(jira, query);
      await goInside(panel, '#/microsoft', 'Microsoft');
      await panel.getByText('An administrator, for everybody').waitFor();
      await panel.getByRole('heading', { name: 'What ends when' }).waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'microsoft-dark' : 'microsoft');
      await goInside(panel, '#/microsoft/registrations/new', 'Add an app registration');
      await panel.getByText('Redirect URI').first().waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'registration-dark' : 'registration');
      await goInside(panel, '#/settings', 'Settings');
      await panel.getByRole('row', { name: /Operations/ }).waitFor();
      await expectAccessible(panel);
    }
  });

  it('a mailbox that needs its owner says so, and gives a link for the owner', async () => {
    await goInside(panel, '#/messaging/sources', 'Messaging');
    await panel.getByRole('link', { name: HELPDESK, exact: true }).click();
    await panel.getByRole('heading', { level: 1, name: HELPDESK }).waitFor();
    await revoke(HELPDESK);
    const button = panel.getByRole('button', { name: 'Send the owner a link' });
    await until(async () => {
      await tokenUsedUp();
      return (await button.count()) > 0;
    }, 'the panel to offer a link for the owner');
    await clearFaults();
    await panel.getByText('The owner of the mailbox acts').first().waitFor();
    await dropMail(HELPDESK, MEANWHILE);
    await until(
      async () => (await saidIn(ROOM)).some((text) => text.includes(HELPDESK)),
      'the incident in the chat',
    );
    await button.click();
    await panel.getByText('Link for the owner of the mailbox').waitFor();
    await panel.getByText('Waiting for the owner’s confirmation').waitFor();
    await expectAccessible(panel);
    await picture(jira, 'owner-link');
  });

  it('the owner opens it in another browser and confirms; the connection is back with its mail', async () => {
    const theirs = await elsewhere();
    await theirs.goto(await given('/microsoft/owner/'));
    await theirs.getByText(HELPDESK).first().waitFor();
    await expectAccessible(theirs.mainFrame());
    await picture(theirs, 'owner-page');
    await theirs.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await pickAccount(theirs, HELPDESK);
    await theirs.getByRole('button', { name: /^Connect this mailbox to / }).waitFor();
    await expectAccessible(theirs.mainFrame());
    await picture(theirs, 'owner-confirm');
    await confirm(theirs);
    await theirs.context().close();

    await panel.getByText(`Every right is proven on ${HELPDESK}.`).waitFor();
    await expectAccessible(panel);
    await picture(jira, 'owner-done');
    await goInside(panel, '#/mail', 'Mail');
    const row = panel.getByRole('row', { name: new RegExp(MEANWHILE) });
    await row.getByText('Delivered').waitFor({ timeout: 40_000 });
    expect(await row.count()).toBe(1);
  });

  it('what went wrong says who was told, once at its beginning and once at its end', async () => {
    await until(async () => (await saidIn(ROOM)).length >= 3, 'the end in the chat');
    await goInside(panel, '#/settings/incidents', 'What went wrong');
    const row = panel.getByRole('row', { name: new RegExp(`Over.*${HELPDESK}`) }).first();
    await row.getByText('Operations: told', { exact: true }).waitFor();
    await row.getByText('Operations: told that it is over').waitFor();
    await expectAccessible(panel);
    await picture(jira, 'incidents');
  });
});
