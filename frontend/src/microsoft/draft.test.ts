import { expect, it } from 'vitest';
import { EMPTY, toAdd, toChange } from './draft';

const NAMED = { ...EMPTY, name: 'Contoso', client_id: ' id ', directory_id: 'contoso.com ' };

it('sends the credential that was chosen, and no other', () => {
  const both = { ...NAMED, secret: 's', certificate_pem: 'pem' };
  expect(toAdd(both)).toEqual({
    name: 'Contoso',
    cloud: 'global',
    client_id: 'id',
    directory_id: 'contoso.com',
    certificate_pem: 'pem',
    secret: null,
    secret_expires_at: null,
  });
  expect(toAdd({ ...both, credential: 'secret' })).toMatchObject({
    certificate_pem: null,
    secret: 's',
    secret_expires_at: null,
  });
});

it('names no directory where people of several may sign in', () => {
  expect(toAdd({ ...NAMED, audience: 'multi' }).directory_id).toBeNull();
});

it('keeps the credential where none is written', () => {
  expect(toChange(NAMED)).toEqual({
    name: 'Contoso',
    certificate_pem: null,
    secret: null,
    secret_expires_at: null,
  });
});
