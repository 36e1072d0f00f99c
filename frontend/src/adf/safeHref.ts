const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link out of a mail, if it is of a kind that may be followed. */
export function safeHref(href: string): string | undefined {
  try {
    const url = new URL(href);
    return ALLOWED.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
