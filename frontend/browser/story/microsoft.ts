import type { Page } from 'playwright-core';

/** Signs in in Microsoft's window: picks the account and accepts what the app asks for. */
export async function signInWithMicrosoft(window: Page, address: string): Promise<void> {
  await pickAccount(window, address);
  await window.locator('form#consent button[value="accept"]').click();
}

/** Picks the account; enough where it has accepted before. */
export async function pickAccount(window: Page, address: string): Promise<void> {
  await window.locator(`form#pick button[value="${address}"]`).click();
}

/** The page that ends the sign-in: it names mailbox, person and site, and has one button. */
export async function confirm(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Connect this mailbox to / }).click();
  await window.getByText(/close this window/i).waitFor();
}
