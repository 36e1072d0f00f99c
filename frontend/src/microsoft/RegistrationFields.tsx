import type { Cloud } from '../api/types';
import { t } from '../messages/t';
import { Choice } from '../ui/Choice';
import { SelectField } from '../ui/SelectField';
import { TextField } from '../ui/TextField';
import type { Draft } from './draft';

const CLOUDS: readonly Cloud[] = ['global', 'us_gov_l4', 'us_gov_l5', 'china'];

interface RegistrationFieldsProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Where the app is registered, and for whom. */
export function RegistrationFields({ draft, onChange }: RegistrationFieldsProps) {
  return (
    <>
      <SelectField
        label={t('registration.cloud')}
        value={draft.cloud}
        options={CLOUDS.map((value) => ({ value, label: t(`microsoft.cloud.${value}`) }))}
        onChoose={(cloud) => onChange({ ...draft, cloud })}
      />
      <Choice
        label={t('registration.protocol')}
        value={draft.protocol}
        options={[
          { value: 'graph', label: t('registration.protocol.graph') },
          { value: 'ews', label: t('registration.protocol.ews') },
        ]}
        onChoose={(protocol) => onChange({ ...draft, protocol })}
      />
      <Choice
        label={t('registration.audience')}
        value={draft.audience}
        options={[
          { value: 'single', label: t('registration.audience.single') },
          { value: 'multi', label: t('registration.audience.multi') },
        ]}
        onChoose={(audience) => onChange({ ...draft, audience })}
      />
      {draft.audience === 'single' && (
        <TextField
          label={t('registration.directory')}
          required
          value={draft.directory_id}
          onChange={(directory_id) => onChange({ ...draft, directory_id })}
        />
      )}
      <TextField
        label={t('microsoft.client')}
        hint={t('registration.client.hint')}
        required
        value={draft.client_id}
        onChange={(client_id) => onChange({ ...draft, client_id })}
      />
    </>
  );
}
