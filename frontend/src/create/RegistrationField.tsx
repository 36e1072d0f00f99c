import { useRegistrations } from '../api/registrations';
import { t } from '../messages/t';
import { to } from '../router/location';
import { Loaded } from '../ui/Loaded';
import { SelectField } from '../ui/SelectField';
import { Skeleton } from '../ui/Skeleton';

interface RegistrationFieldProps {
  /** Empty: Postroom's own. */
  value: string;
  onChoose: (id: string) => void;
}

/** Whose app registration Microsoft is asked by. */
export function RegistrationField({ value, onChoose }: RegistrationFieldProps) {
  const registrations = useRegistrations();
  return (
    <Loaded query={registrations} skeleton={<Skeleton lines={1} size="row" />}>
      {(items) => (
        <>
          <SelectField
            label={t('create.registration')}
            value={value}
            options={[
              { value: '', label: t('create.registration.own') },
              ...items.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={onChoose}
          />
          <a href={to('microsoft/registrations/new')}>{t('create.registration.add')}</a>
        </>
      )}
    </Loaded>
  );
}
