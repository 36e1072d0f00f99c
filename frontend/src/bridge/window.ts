import type { SignInWindow } from './bridge';

const FEATURES = 'popup,width=560,height=720';

/** A browser window of our own, cut off from the panel before it goes anywhere. */
export function openBrowserWindow(): SignInWindow | null {
  const opened = window.open('', '_blank', FEATURES);
  if (!opened) return null;
  // The pages that follow must not be able to navigate the panel.
  opened.opener = null;
  return {
    goTo: (url) => opened.location.replace(url),
    state: () => (opened.closed ? 'closed' : 'open'),
    close: () => opened.close(),
  };
}
