import type { Me, Role } from '../api/types';

/**
 * What somebody is here. When the panel could not learn it, the pages ask as an administrator's do
 * and say what the API answers them.
 */
export function roleOf(me: Me | undefined): Role {
  return me?.role ?? 'administrator';
}
