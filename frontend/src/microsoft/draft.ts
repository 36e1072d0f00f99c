import type { GuideCase } from '../api/registrations';
import type { AddRegistration, ChangeRegistration } from '../api/types';
import { startOfDay } from '../ui/day';

/** An app registration as it is written into the form. */
export interface Draft extends GuideCase {
  name: string;
  client_id: string;
  directory_id: string;
  secret: string;
  /** A day as a date input gives it. */
  secret_ends: string;
  certificate_pem: string;
}

export const EMPTY: Draft = {
  name: '',
  cloud: 'global',
  audience: 'single',
  credential: 'certificate',
  protocol: 'graph',
  client_id: '',
  directory_id: '',
  secret: '',
  secret_ends: '',
  certificate_pem: '',
};

/** What of a draft proves the app to Microsoft; nothing where nothing was written. */
function credentialOf({ credential, certificate_pem, secret, secret_ends }: Draft) {
  const byCertificate = credential === 'certificate';
  return {
    certificate_pem: (byCertificate && certificate_pem) || null,
    secret: (!byCertificate && secret) || null,
    secret_expires_at: !byCertificate && secret && secret_ends ? startOfDay(secret_ends) : null,
  };
}

export function toAdd(draft: Draft): AddRegistration {
  return {
    name: draft.name,
    cloud: draft.cloud,
    client_id: draft.client_id.trim(),
    directory_id: draft.audience === 'single' ? draft.directory_id.trim() : null,
    ...credentialOf(draft),
  };
}

export function toChange(draft: Draft): ChangeRegistration {
  return { name: draft.name, ...credentialOf(draft) };
}
