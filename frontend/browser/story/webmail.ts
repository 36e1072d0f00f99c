import type { Page } from 'playwright-core';
import { settings } from './settings';

/** Writes a new mail in somebody's webmail. */
export async function writeMail(
  page: Page,
  from: string,
  mail: { to: string; subject: string; body: string },
): Promise<void> {
  await page.goto(`${settings.webmail}/${encodeURIComponent(from)}`);
  const form = page.locator('form#compose');
  await form.locator('[name="to"]').fill(mail.to);
  await form.locator('[name="subject"]').fill(mail.subject);
  await form.locator('[name="body"]').fill(mail.body);
  await form.getByRole('button', { name: 'Send' }).click();
  await page.getByText(/^Sent to/).waitFor();
}

/** Opens the newest mail whose subject has these words, waiting until it has come. */
export async function openMail(page: Page, of: string, subject: string): Promise<void> {
  const inbox = `${settings.webmail}/${encodeURIComponent(of)}`;
  const row = page.locator('table a', { hasText: subject }).first();
  await until(async () => {
    await page.goto(inbox);
    return (await row.count()) > 0;
  }, `a mail "${subject}" for ${of}`);
  await row.click();
  await page.locator('form#reply').waitFor();
}

/** Answers the mail that is open; what the mail program quotes stays under the answer. */
export async function answerMail(page: Page, words: string): Promise<void> {
  await page.locator('form#reply button').click();
  const body = page.locator('form#compose [name="body"]');
  const quoted = await body.inputValue();
  await body.fill(`${words}\n\n${quoted}`);
  await page.locator('form#compose').getByRole('button', { name: 'Send' }).click();
  await page.getByText(/^Sent to/).waitFor();
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 500;

/** Looks until something is so. */
export async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
