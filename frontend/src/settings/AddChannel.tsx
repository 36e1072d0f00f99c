import { useState } from 'react';
import { useAddAlertChannel } from '../api/alertChannels';
import { t } from '../messages/t';
import { Choice } from '../ui/Choice';
import { ChannelFields } from './ChannelFields';
import { ChannelForm } from './ChannelForm';
import { type Draft, EMPTY, toAdd } from './draft';

export function AddChannel({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const add = useAddAlertChannel();
  return (
    <ChannelForm
      title={t('alerts.form.add')}
      isLoading={add.isPending}
      error={add.error}
      onSave={() => add.mutate(toAdd(draft), { onSuccess: onClose })}
      onClose={onClose}
    >
      <Choice
        label={t('alerts.form.kind')}
        value={draft.kind}
        options={[
          { value: 'mail', label: t('alerts.kind.mail') },
          { value: 'webhook', label: t('alerts.kind.webhook') },
        ]}
        onChoose={(kind) => setDraft({ ...draft, kind, target: '' })}
      />
      <ChannelFields draft={draft} onChange={setDraft} />
    </ChannelForm>
  );
}
