import type { ElementHandle, Frame, Page } from 'playwright-core';
import { settings } from './settings';

const PANEL = '/plugins/com.postroom.jira/postroom-panel';

/** Opens the app's page inside Jira and gives the frame that the panel lives in. */
export async function openPanel(page: Page, hostQuery = '', site = settings.site): Promise<Frame> {
  await page.goto(`${site}${PANEL}${hostQuery}`);
  const element = await page.waitForSelector(`iframe[src^="${settings.app}"]`);
  return filled(element);
}

/** Opens a page of the Forge app, which lives in a frame of Atlassian's. */
export async function openForgePanel(page: Page, address: string): Promise<Frame> {
  await page.goto(address);
  return filled(await page.waitForSelector('iframe'));
}

async function filled(element: ElementHandle): Promise<Frame> {
  const frame = await element.contentFrame();
  if (!frame) throw new Error('The page of the app has no frame');
  await frame.waitForSelector('#root h1');
  return frame;
}

/** Goes to an address inside the panel, as its links do. */
export async function goInside(panel: Frame, hash: string, heading: string): Promise<void> {
  await panel.evaluate((to) => {
    window.location.hash = to;
  }, hash);
  await panel.getByRole('heading', { level: 1, name: heading }).waitFor();
}
