import { useSyncExternalStore } from 'react';

const TICK_MS = 10_000;

let ticks = 0;
const listeners = new Set<() => void>();
let timer: number | undefined;

/** The time at each rendering, and a rendering at least every ten seconds, by one timer for all. */
export function useNow(): Date {
  useSyncExternalStore(listen, () => ticks);
  return new Date();
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
  ticks += 1;
  for (const changed of listeners) changed();
}
