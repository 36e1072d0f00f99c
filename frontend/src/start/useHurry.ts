import { useEffect, useRef } from 'react';
import { useCheckNow } from '../api/connections';

const EVERY_MS = 10_000;
const AT_MOST = 30;

/** Has the mailbox looked at every ten seconds, for five minutes, while a person waits for mail. */
export function useHurry(sourceId: string, waiting: boolean): void {
  const { mutate } = useCheckNow(sourceId);
  const asked = useRef(0);
  useEffect(() => {
    if (!waiting) return;
    const timer = window.setInterval(() => {
      if (asked.current >= AT_MOST) return;
      asked.current += 1;
      mutate();
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [waiting, mutate]);
}
