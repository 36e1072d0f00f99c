import { router } from '@forge/bridge';
import type { SignInWindow } from './bridge';

/** The host opens windows: there is nothing to hold, and nothing to open before there is an address. */
export function openForgeWindow(): SignInWindow {
  let refused = false;
  return {
    goTo(url) {
      void open(url).then((opened) => {
        refused = !opened;
      });
    },
    state: () => (refused ? 'closed' : 'unknown'),
    close: () => undefined,
  };
}

/** Hands links out of the panel to the host, because the frame itself may open no window. */
export function leaveByHost(page: Document): void {
  page.addEventListener('click', (event) => {
    const { target } = event;
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[target=_blank]');
    if (!link) return;
    event.preventDefault();
    void open(link.href);
  });
}

/** Whether the host opened it; it may ask the person first, who may decline. */
async function open(url: string): Promise<boolean> {
  try {
    await router.open(url);
    return true;
  } catch {
    return false;
  }
}
