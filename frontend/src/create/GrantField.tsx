import { useGrants } from '../api/microsoft';
import { t } from '../messages/t';
import { Loaded } from '../ui/Loaded';
import { SelectField } from '../ui/SelectField';
import { Skeleton } from '../ui/Skeleton';
import type { Draft } from './draft';

interface GrantFieldProps {
  value: string;
  onChoose: (change: Partial<Draft>) => void;
}

/** The sign-ins that are there already. */
export function GrantField({ value, onChoose }: GrantFieldProps) {
  const grants = useGrants();
  return (
    <Loaded query={grants} skeleton={<Skeleton lines={1} size="row" />}>
      {(items) =>
        items.length === 0 ? (
          <p>{t('create.grant.none')}</p>
        ) : (
          <SelectField
            label={t('create.grant')}
            hint={t('create.grant.hint')}
            value={value || null}
            options={items.map(({ id, signed_in_as, registration }) => ({
              value: id,
              label: registration ? `${signed_in_as} (${registration.name})` : signed_in_as,
            }))}
            onChoose={(grant_id) => onChoose({ grant_id })}
          />
        )
      }
    </Loaded>
  );
}
