import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { t } from '../messages/t';
import { Facts } from './Facts';
import { FailureMessage } from './FailureMessage';
import { Stack } from './Stack';

interface ConfirmProps {
  title: string;
  kept: string;
  /** What is not there any more, or is different, afterwards. */
  lost: string;
  confirm: string;
  danger?: boolean;
  isLoading: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a change that is not taken back by one click, and says what is kept and what is not. */
export function Confirm(props: ConfirmProps) {
  const { title, kept, lost, confirm, danger, isLoading, error, onConfirm, onClose } = props;
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle appearance={danger ? 'danger' : undefined}>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <Facts
            facts={[
              { name: t('delete.kept'), value: kept },
              { name: t(danger ? 'delete.lost' : 'confirm.changes'), value: lost },
            ]}
          />
          {!!error && <FailureMessage error={error} title={t('failure.action.title')} />}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          appearance={danger ? 'danger' : 'primary'}
          isLoading={isLoading}
          onClick={onConfirm}
        >
          {confirm}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
