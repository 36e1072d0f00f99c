import type { ConnectionState } from '../api/types';

/** A state and its way out as lines to forward to whoever acts. */
export function fixText({ sentence, fix }: Pick<ConnectionState, 'sentence' | 'fix'>): string {
  return [
    sentence,
    ...fix.map(({ label, text, url }) => [label, text, url].filter(Boolean).join('\n')),
  ].join('\n\n');
}
