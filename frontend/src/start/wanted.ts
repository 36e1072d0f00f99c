import type { BeginSignIn, SignIn } from '../api/types';
import { to } from '../router/location';

/** The page that watches a sign-in; its address keeps what was wanted, to begin again with it. */
export function pageOf(id: string, wanted: BeginSignIn): string {
  const { purpose, mailbox, protocol, asked, consent } = wanted;
  return to(`sign-in/${id}`, {
    purpose,
    source: wanted.source_id,
    outbound: wanted.outbound_id,
    mailbox,
    protocol: protocol === 'ews' || wanted.outbound_id ? protocol : null,
    registration: wanted.registration_id,
    asked: asked === 'owner' ? asked : null,
    consent: consent === 'admin' ? consent : null,
  });
}

/** What the page of a sign-in was opened for. */
export function wantedBy(query: URLSearchParams): BeginSignIn {
  const purpose = query.get('purpose');
  const protocol = query.get('protocol');
  const named = {
    source_id: query.get('source'),
    outbound_id: query.get('outbound'),
    mailbox: query.get('mailbox'),
    registration_id: query.get('registration'),
  };
  return {
    purpose: purpose === 'source' || purpose === 'outbound' ? purpose : 'both',
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value)),
    ...(protocol === 'ews' || protocol === 'graph' ? { protocol } : {}),
    ...(query.get('asked') === 'owner' ? { asked: 'owner' as const } : {}),
    ...(query.get('consent') === 'admin' ? { consent: 'admin' as const } : {}),
  };
}

/** What a sign-in that somebody began earlier was for, as far as it tells. */
export function wantedFor({ source_id, outbound_id, asked, protocol }: SignIn): BeginSignIn {
  const ofOne = source_id ? 'source' : outbound_id ? 'outbound' : 'both';
  return {
    purpose: ofOne,
    protocol,
    asked,
    ...(source_id ? { source_id } : {}),
    ...(outbound_id && !source_id ? { outbound_id } : {}),
  };
}
