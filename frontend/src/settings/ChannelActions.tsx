import Button from '@atlaskit/button/new';
import { useState } from 'react';
import {
  useChangeAlertChannel,
  useRemoveAlertChannel,
  useTestAlertChannel,
} from '../api/alertChannels';
import type { AlertChannel } from '../api/types';
import { t } from '../messages/t';
import { Confirm } from '../ui/Confirm';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { ChangeChannel } from './ChangeChannel';

export function ChannelActions({ channel }: { channel: AlertChannel }) {
  const { id, enabled } = channel;
  const [opened, setOpened] = useState<'change' | 'delete'>();
  const test = useTestAlertChannel(id);
  const change = useChangeAlertChannel();
  const close = () => setOpened(undefined);
  const turn = () => change.mutate({ id, body: { enabled: !enabled } });
  const error = test.error ?? change.error;
  return (
    <Stack gap="small">
      <Row>
        <Button spacing="compact" isLoading={test.isPending} onClick={() => test.mutate()}>
          {t('alerts.test')}
        </Button>
        <Button spacing="compact" isLoading={change.isPending} onClick={turn}>
          {t(enabled ? 'alerts.turn.off' : 'alerts.turn.on')}
        </Button>
        <Button spacing="compact" onClick={() => setOpened('change')}>
          {t('alerts.change')}
        </Button>
        <Button spacing="compact" onClick={() => setOpened('delete')}>
          {t('alerts.delete')}
        </Button>
      </Row>
      <span role="status">{test.isSuccess && t('alerts.tested')}</span>
      {error && <FailureMessage error={error} title={t('failure.action.title')} />}
      {opened === 'change' && <ChangeChannel channel={channel} onClose={close} />}
      {opened === 'delete' && <DeleteChannel channel={channel} onClose={close} />}
    </Stack>
  );
}

interface DeleteChannelProps {
  channel: AlertChannel;
  onClose: () => void;
}

function DeleteChannel({ channel: { id, name }, onClose }: DeleteChannelProps) {
  const remove = useRemoveAlertChannel(id);
  return (
    <Confirm
      danger
      title={t('alerts.delete.title', { name })}
      kept={t('alerts.delete.kept')}
      lost={t('alerts.delete.lost')}
      confirm={t('alerts.delete')}
      isLoading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
