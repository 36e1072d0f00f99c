import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useId, useState } from 'react';
import { useRename } from '../api/connections';
import type { Outbound } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Field } from '../ui/Field';
import { Stack } from '../ui/Stack';

interface RenameModalProps {
  outbound: Outbound;
  onClose: () => void;
}

/** A message outbound has nothing to edit but its name. */
export function RenameModal({ outbound, onClose }: RenameModalProps) {
  const rename = useRename('outbounds', outbound.id);
  const [name, setName] = useState(outbound.name);
  const form = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate(name, { onSuccess: onClose });
  };
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('edit.title', { name: outbound.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <form id={form} onSubmit={save}>
          <Stack>
            <Field label={t('edit.name')}>
              {({ id }) => (
                <Textfield
                  id={id}
                  value={name}
                  isRequired
                  maxLength={100}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
            </Field>
            {rename.error && (
              <FailureMessage error={rename.error} title={t('failure.action.title')} />
            )}
          </Stack>
        </form>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button appearance="primary" type="submit" form={form} isLoading={rename.isPending}>
          {t('common.save')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
