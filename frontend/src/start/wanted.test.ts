import { expect, it } from 'vitest';
import type { BeginSignIn } from '../api/types';
import { parseHash } from '../router/location';
import { pageOf, wantedBy } from './wanted';

it.each<BeginSignIn>([
  { purpose: 'both' },
  { purpose: 'source', source_id: 's' },
  { purpose: 'outbound', outbound_id: 'o', asked: 'owner' },
  { purpose: 'outbound', outbound_id: 'o', protocol: 'graph' },
  {
    purpose: 'both',
    mailbox: 'support+a@contoso.example',
    protocol: 'ews',
    registration_id: 'r',
    consent: 'admin',
  },
])('keeps %j in the address', (wanted) => {
  expect(wantedBy(parseHash(pageOf('id', wanted)).query)).toEqual(wanted);
});
