import { useMemo, useSyncExternalStore } from 'react';

/** Where the panel is: the part of the address behind `#`, because the host owns the rest. */
export interface Location {
  /** The path's segments: `#/mail/42` is `['mail', '42']`. */
  path: string[];
  query: URLSearchParams;
}

export function parseHash(hash: string): Location {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(safelyDecoded),
    query: new URLSearchParams(query),
  };
}

/** A link inside the panel; query values that are empty are left out. */
export function to(path: string, query: Record<string, string | null | undefined> = {}): string {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const text = new URLSearchParams(kept).toString();
  return `#/${path}${text ? `?${text}` : ''}`;
}

export function go(link: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    window.location.hash = link;
    return;
  }
  window.history.replaceState(null, '', link);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useLocation(): Location {
  const hash = useSyncExternalStore(listen, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

function listen(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function safelyDecoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
