import { useEffect, useState } from 'react';

const STEP_MS = 180;

/** How many of `count` things are shown: one more at a time, all at once for who wants no motion. */
export function useReveal(count: number, of: string | undefined): number {
  const [shown, setShown] = useState({ of, count: 0 });
  const current = shown.of === of ? shown.count : 0;
  useEffect(() => {
    if (current >= count) return;
    if (wantsNoMotion()) {
      setShown({ of, count });
      return;
    }
    const timer = window.setTimeout(() => setShown({ of, count: current + 1 }), STEP_MS);
    return () => window.clearTimeout(timer);
  }, [current, count, of]);
  return current;
}

function wantsNoMotion(): boolean {
  return window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
}
