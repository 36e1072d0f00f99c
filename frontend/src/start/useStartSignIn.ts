import { useAskApproval, useBeginSignIn } from '../api/signIns';
import type { BeginSignIn } from '../api/types';
import { useBridge } from '../bridge/BridgeContext';
import { go } from '../router/location';
import { rememberWindow } from './signInWindows';
import { pageOf } from './wanted';

/** Begins a sign-in, in a window here or with a link for somebody else, and goes to its page. */
export function useStartSignIn() {
  const bridge = useBridge();
  const begin = useBeginSignIn();
  const ask = useAskApproval();

  /** Must be called in the click itself: later, browsers block the window. */
  const start = (wanted: BeginSignIn) => {
    const opened = bridge.openWindow();
    begin.mutate(wanted, {
      onSuccess: ({ id, url }) => {
        rememberWindow(id, opened);
        opened?.goTo(url);
        go(pageOf(id, wanted));
      },
      onError: () => opened?.close(),
    });
  };

  /** Makes the link by which the owner of the mailbox signs in. */
  const makeLink = (wanted: BeginSignIn) => {
    const body = { ...wanted, asked: 'owner' as const };
    begin.mutate(body, { onSuccess: ({ id }) => go(pageOf(id, body)) });
  };

  /** Makes the link by which the Microsoft administrator approves. */
  const askApproval = (wanted: BeginSignIn) =>
    ask.mutate(wanted, { onSuccess: ({ id }) => go(pageOf(id, wanted)) });

  return {
    start,
    makeLink,
    askApproval,
    isPending: begin.isPending || ask.isPending,
    error: begin.error ?? ask.error,
  };
}
