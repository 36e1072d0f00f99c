import { createContext, useContext } from 'react';
import type { Role } from '../api/types';

const RoleContext = createContext<Role>('administrator');

export const RoleProvider = RoleContext.Provider;

/** Whether the person may change settings. The API decides; this only hides what it would refuse. */
export function useMayChange(): boolean {
  return useContext(RoleContext) === 'administrator';
}
