import { type Browser, chromium } from 'playwright-core';
import { settings } from './settings';

/** Debian's Chromium, kept from calling anybody by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: settings.chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
