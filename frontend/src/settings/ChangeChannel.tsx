import { useState } from 'react';
import { useChangeAlertChannel } from '../api/alertChannels';
import type { AlertChannel } from '../api/types';
import { t } from '../messages/t';
import { ChannelFields } from './ChannelFields';
import { ChannelForm } from './ChannelForm';
import { draftOf, toChange } from './draft';

interface ChangeChannelProps {
  channel: AlertChannel;
  onClose: () => void;
}

export function ChangeChannel({ channel, onClose }: ChangeChannelProps) {
  const [draft, setDraft] = useState(draftOf(channel));
  const change = useChangeAlertChannel();
  const save = () =>
    change.mutate({ id: channel.id, body: toChange(draft) }, { onSuccess: onClose });
  return (
    <ChannelForm
      title={t('alerts.form.change', { name: channel.name })}
      isLoading={change.isPending}
      error={change.error}
      onSave={save}
      onClose={onClose}
    >
      <ChannelFields keeps draft={draft} onChange={setDraft} />
    </ChannelForm>
  );
}
