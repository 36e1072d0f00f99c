import { expect, it } from 'vitest';
import { EMPTY, toAdd, toChange } from './draft';

const CHAT = { ...EMPTY, kind: 'webhook', name: 'Ops', target: ' https://chat ' } as const;

it('says of a chat what it understands, and of mail what it goes out by', () => {
  expect(toAdd(CHAT)).toEqual({
    kind: 'webhook',
    name: 'Ops',
    target: 'https://chat',
    format: 'teams',
  });
  expect(toAdd({ ...CHAT, kind: 'mail' })).toEqual({
    kind: 'mail',
    name: 'Ops',
    target: 'https://chat',
    outbound_id: null,
  });
});

it('keeps where it goes to unless another is written', () => {
  expect(toChange({ ...CHAT, target: ' ' })).not.toHaveProperty('target');
  expect(toChange(CHAT)).toHaveProperty('target', 'https://chat');
});
