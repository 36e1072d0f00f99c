import { useMayChange } from '../access/RoleContext';
import { t } from '../messages/t';
import { to } from '../router/location';

/** Whose app registration a connection stands on. */
export function RegistrationLink({ id }: { id: string | null }) {
  const mayChange = useMayChange();
  if (!id) return t('create.registration.own');
  const words = t('create.registration.yours');
  return mayChange ? <a href={to(`microsoft/registrations/${id}`)}>{words}</a> : words;
}
