import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { type FormEvent, useId, useState } from 'react';
import { useChangeOutbound } from '../api/outbounds';
import type { Outbound } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';
import { TextField } from '../ui/TextField';

interface EditOutboundModalProps {
  outbound: Outbound;
  onClose: () => void;
}

/** A message outbound's name, and the alias that it sends from. */
export function EditOutboundModal({ outbound, onClose }: EditOutboundModalProps) {
  const change = useChangeOutbound(outbound.id);
  const [name, setName] = useState(outbound.name);
  const [from, setFrom] = useState(outbound.from_address ?? '');
  const form = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    const alias = from === (outbound.from_address ?? '') ? {} : { from_address: from || null };
    change.mutate({ name, ...alias }, { onSuccess: onClose });
  };
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('edit.title', { name: outbound.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <form id={form} onSubmit={save}>
          <Stack>
            <TextField
              label={t('edit.name')}
              required
              maxLength={100}
              value={name}
              onChange={setName}
            />
            <TextField
              label={t('outbound.from')}
              hint={t('outbound.from.hint')}
              type="email"
              value={from}
              onChange={setFrom}
            />
            {change.error && (
              <FailureMessage error={change.error} title={t('failure.action.title')} />
            )}
          </Stack>
        </form>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button appearance="primary" type="submit" form={form} isLoading={change.isPending}>
          {t('common.save')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
