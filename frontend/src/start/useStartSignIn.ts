import { useBeginSignIn } from '../api/signIns';
import type { BeginSignIn } from '../api/types';
import { useBridge } from '../bridge/BridgeContext';
import { go, to } from '../router/location';
import { rememberWindow } from './signInWindows';

/** Begins a sign-in, in a window here or with a link for somebody else, and goes to its page. */
export function useStartSignIn() {
  const bridge = useBridge();
  const begin = useBeginSignIn();

  /** Must be called in the click itself: later, browsers block the window. */
  const start = (body: BeginSignIn) => {
    const opened = bridge.openWindow();
    begin.mutate(body, {
      onSuccess: ({ id, url }) => {
        rememberWindow(id, opened);
        opened?.goTo(url);
        go(pageOf(id, body));
      },
      onError: () => opened?.close(),
    });
  };

  const makeLink = (body: BeginSignIn) => {
    begin.mutate(body, {
      onSuccess: ({ id }) => go(pageOf(id, body, 'owner')),
    });
  };

  return { start, makeLink, isPending: begin.isPending, error: begin.error };
}

/** The page that watches a sign-in; its address keeps what was wanted, to begin again with it. */
function pageOf(id: string, { purpose, connection_id }: BeginSignIn, link?: 'owner'): string {
  return to(`sign-in/${id}`, { purpose, again: connection_id, link });
}

/** What the page of a sign-in was opened for. */
export function wantedBy(query: URLSearchParams): BeginSignIn {
  const again = query.get('again');
  const purpose = query.get('purpose');
  return {
    purpose: purpose === 'source' || purpose === 'outbound' ? purpose : 'both',
    ...(again ? { connection_id: again } : {}),
  };
}
