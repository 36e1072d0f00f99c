import { useSyncExternalStore } from 'react';

const TICK_MS = 10_000;

let now = new Date();
const listeners = new Set<() => void>();
let timer: number | undefined;

/** The time, renewed every ten seconds, by one timer for the whole page. */
export function useNow(): Date {
  return useSyncExternalStore(listen, () => now);
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= window.setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = new Date();
  for (const changed of listeners) changed();
}
