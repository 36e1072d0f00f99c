import type { Bridge } from './bridge';
import { connectBridge } from './connect';

declare global {
  /** What Forge's host puts into the frame before anything else runs. */
  var __bridge: { callBridge?: unknown } | undefined;
}

/** The bridge of the front door that the page was opened through; `null` outside Jira. */
export async function findBridge(): Promise<Bridge | null> {
  if (window.AP) return connectBridge(window.AP);
  if (!globalThis.__bridge?.callBridge) return null;
  // Loaded only here: a page of Connect has no use for it, and it throws outside Forge.
  const { forgeBridge } = await import('./forge');
  return forgeBridge();
}
