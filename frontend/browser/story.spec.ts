import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './story/chromium';
import { actAs, comment, installApp, openIssue, waitForComment } from './story/jira';
import { expectAccessible, picture } from './story/look';
import { confirm, signInWithMicrosoft } from './story/microsoft';
import { goInside, openPanel } from './story/panel';
import { CUSTOMER, SUPPORT } from './story/settings';
import { answerMail, openMail, writeMail } from './story/webmail';

const SUBJECT = 'The printer prints only cats';
const PATIENT = { timeout: 60_000 };

/** The whole story in one browser; each step stands on the one before it. */
describe('a mailbox is connected and a mail makes its way', () => {
  let browser: Browser;
  let context: BrowserContext;
  let jira: Page;
  let mailbox: Page;
  let panel: Frame;
  let issue = '';

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(20_000);
    jira = await context.newPage();
    mailbox = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
  });

  it('an administrator installs the app and meets the first card', async () => {
    await jira.bringToFront();
    await actAs(jira, 'Alice Admin');
    await installApp(jira);
    panel = await openPanel(jira);
    await panel.getByRole('heading', { name: 'Connect a mailbox' }).waitFor();
    await expectAccessible(panel);
    await picture(jira, 'first-run');
  });

  it('signs in with Microsoft in a window, and the panel goes on by itself', async () => {
    const opened = context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    const window = await opened;
    await panel.getByText('Waiting for the sign-in with Microsoft').waitFor();
    await expectAccessible(panel);
    await picture(jira, 'sign-in-waiting');

    await signInWithMicrosoft(window, SUPPORT);
    await panel.getByText(/^Signed in with Microsoft as/).waitFor();
    await picture(window, 'sign-in-confirm');
    await confirm(window);
    // A page behind another is painted once a second, and every click would wait for that.
    await jira.bringToFront();
    await panel.getByRole('heading', { level: 1, name: `Set up ${SUPPORT}` }).waitFor();
  });

  it('sees every right turn green', async () => {
    await panel.getByText(`Every right is proven on ${SUPPORT}.`).waitFor();
    expect(await panel.getByText('Missing').count()).toBe(0);
  });

  it('chooses the project and the moment to start', async () => {
    await panel.getByLabel('Project').click();
    await panel.getByRole('option', { name: 'Support (SUP)' }).click();
    await expectAccessible(panel);
    await panel.getByRole('button', { name: 'Use this project' }).click();
    await panel.getByText('Task in Support (SUP)').waitFor();
    await panel.getByRole('button', { name: 'Start' }).click();
    await panel.getByText('Waiting for the first mail…').waitFor();
    await expectAccessible(panel);
    await picture(jira, 'waiting-for-first-mail');
  });

  it('sees the first mail appear with its issue', async () => {
    const body = 'Hello,\n\nsince yesterday the printer on floor 2 prints only cats.\n\nCarl';
    await mailbox.bringToFront();
    await writeMail(mailbox, CUSTOMER, { to: SUPPORT, subject: SUBJECT, body });
    await jira.bringToFront();
    const arrived = panel.getByTestId('arrived-mail').filter({ hasText: SUBJECT });
    const key = arrived.locator('strong');
    await key.waitFor(PATIENT);
    issue = (await key.textContent()) ?? '';
    expect(issue).toMatch(/^SUP-\d+$/);
    await arrived.scrollIntoViewIfNeeded();
    await picture(jira, 'first-mail');
  });

  it('reads why, mail by mail', async () => {
    await panel.getByRole('link', { name: 'Look at this mail' }).first().click();
    await panel.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
    await panel.getByText('The mail as it came').waitFor();
    expect(
      await panel.getByRole('link', { name: `Open ${issue} in Jira` }).count(),
    ).toBeGreaterThan(0);
    await expectAccessible(panel);
    await picture(jira, 'mail');
  });

  it('an agent answers on the issue, and the customer gets mail', async () => {
    await mailbox.bringToFront();
    await actAs(mailbox, 'Bob Agent');
    await openIssue(mailbox, issue);
    expect(await mailbox.locator('#summary').textContent()).toBe(SUBJECT);
    await picture(mailbox, 'issue');
    await comment(mailbox, 'Please turn it off and on again.');
    await openMail(mailbox, CUSTOMER, SUBJECT);
    await picture(mailbox, 'customer-mail');
  });

  it('the customer answers, and the answer is a comment', async () => {
    await answerMail(mailbox, 'Now it prints dogs. Thank you!');
    await waitForComment(mailbox, issue, 'Now it prints dogs.');
    await picture(mailbox, 'issue-with-answer');
    await actAs(mailbox, 'Alice Admin');
  });

  it('every page of the panel is accessible, in light and dark', async () => {
    await jira.bringToFront();
    for (const query of ['', '?theme=dark']) {
      panel = await openPanel(jira, query);
      await panel.getByRole('heading', { name: 'Mails by hour, last 24 hours' }).waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'panel-dark' : 'panel');
      await goInside(panel, '#/messaging/sources', 'Messaging');
      await panel.getByRole('link', { name: SUPPORT }).waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'sources-dark' : 'sources');
      await goInside(panel, '#/messaging/outbounds', 'Messaging');
      await panel.getByRole('link', { name: SUPPORT }).waitFor();
      await expectAccessible(panel);
      await goInside(panel, '#/mail', 'Mail');
      await panel.getByRole('link', { name: SUBJECT }).first().waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'mails-dark' : 'mails');
      await goInside(panel, '#/settings/audit', 'Audit trail');
      await panel.getByRole('table').waitFor();
      await expectAccessible(panel);
      await picture(jira, query ? 'audit-dark' : 'audit');
      await goInside(panel, '#/notifications', 'Mail');
      await panel.getByRole('table').waitFor();
      await expectAccessible(panel);
    }
  });
});
