import { useEffect, useState } from 'react';
import type { SignInWindow } from '../bridge/bridge';

/** `none`: this page opened no window (it was loaded again, or the link goes to somebody else). */
export type WindowState = 'open' | 'closed' | 'blocked' | 'none';

const LOOK_MS = 500;

// A window's handle cannot live in the address or the cache; it lives as long as the page.
const windows = new Map<string, SignInWindow | null>();

export function rememberWindow(signInId: string, opened: SignInWindow | null): void {
  windows.set(signInId, opened);
}

/** Whether the sign-in's window is still there. No event tells, so it is looked at. */
export function useWindowState(signInId: string): WindowState {
  const [state, setState] = useState<WindowState>(() => look(signInId));
  useEffect(() => {
    const timer = window.setInterval(() => setState(look(signInId)), LOOK_MS);
    return () => window.clearInterval(timer);
  }, [signInId]);
  return state;
}

function look(signInId: string): WindowState {
  const opened = windows.get(signInId);
  if (opened === undefined) return 'none';
  if (opened === null) return 'blocked';
  const state = opened.state();
  return state === 'unknown' ? 'none' : state;
}
