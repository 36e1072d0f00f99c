import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { type FormEvent, type ReactNode, useId } from 'react';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';

interface ChannelFormProps {
  title: string;
  isLoading: boolean;
  error: unknown;
  children: ReactNode;
  onSave: () => void;
  onClose: () => void;
}

/** The dialog of a channel. */
export function ChannelForm(props: ChannelFormProps) {
  const { title, isLoading, error, children, onSave, onClose } = props;
  const id = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <form id={id} onSubmit={save}>
          <Stack>
            {children}
            {!!error && <FailureMessage error={error} title={t('failure.action.title')} />}
          </Stack>
        </form>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" form={id} appearance="primary" isLoading={isLoading}>
          {t('common.save')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
