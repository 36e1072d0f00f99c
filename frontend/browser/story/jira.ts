import type { Page } from 'playwright-core';
import { settings } from './settings';
import { until } from './webmail';

/** Becomes one of the site's users. */
export async function actAs(page: Page, name: string, site = settings.site): Promise<void> {
  await page.goto(`${site}/login`);
  await page.locator('form#login').getByRole('button', { name }).click();
}

/** Installs the app from its descriptor, as an administrator does. */
export async function installApp(page: Page, site = settings.site): Promise<void> {
  await page.goto(`${site}/apps`);
  const form = page.locator('form#install');
  await form.locator('[name="descriptor_url"]').fill(`${settings.app}/atlassian-connect.json`);
  await form.getByRole('button', { name: 'Install' }).click();
  await page.getByRole('heading', { name: 'Postroom', exact: true }).waitFor();
}

/** Whether the app is on the site already. */
export async function isInstalled(page: Page, site = settings.site): Promise<boolean> {
  await page.goto(`${site}/apps`);
  await page.locator('form#install').waitFor();
  return (await page.getByRole('heading', { name: 'Postroom', exact: true }).count()) > 0;
}

/** Installs the Forge app, as an administrator does from the Marketplace. */
export async function installForgeApp(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/apps`);
  const form = page.locator('form#forge-install');
  await form.locator('[name="remote_url"]').fill(settings.app);
  await form.getByRole('button', { name: 'Install by Forge' }).click();
  await page.locator('form#forge-uninstall').waitFor();
}

export async function openIssue(page: Page, key: string): Promise<void> {
  await page.goto(`${settings.site}/browse/${key}`);
  await page.locator('#summary').waitFor();
}

export async function comment(page: Page, words: string): Promise<void> {
  await page.locator('form#comment textarea').fill(words);
  await page.locator('form#comment button').click();
  await page.locator('article.comment', { hasText: words }).waitFor();
}

/** Waits until a comment with these words is on the issue. */
export async function waitForComment(page: Page, key: string, words: string): Promise<void> {
  await until(async () => {
    await openIssue(page, key);
    return (await page.locator('article.comment', { hasText: words }).count()) > 0;
  }, `a comment "${words}" on ${key}`);
}
