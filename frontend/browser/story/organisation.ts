import { tell } from './control';

/** An organisation of its own, so that what is done to it concerns nobody else's story. */
export const ORGANISATION = 'fabrikam';
export const HELPDESK = 'helpdesk@fabrikam.example';
export const ADMINISTRATOR = 'olga@fabrikam.example';

/** Makes it as new directories are: people there may not allow an application to read mail. */
export async function makeOrganisation(): Promise<void> {
  await tell('/microsoft/directories', {
    name: ORGANISATION,
    domain: `${ORGANISATION}.example`,
    consent_policy: 'microsoft_managed',
  });
  const directory = ORGANISATION;
  await tell('/microsoft/users', { address: HELPDESK, display_name: 'Help Desk', directory });
  const administrator = { address: ADMINISTRATOR, display_name: 'Olga Operator', admin: true };
  await tell('/microsoft/users', { ...administrator, directory });
}

/** Ends every sign-in of somebody. */
export function revoke(address: string): Promise<void> {
  return tell(`/microsoft/users/${address}/revoke`);
}
