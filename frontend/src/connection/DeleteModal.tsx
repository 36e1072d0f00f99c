import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { type Kind, useRemove } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { Facts } from '../ui/Facts';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';

interface DeleteModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a connection is deleted and says what is kept and what is lost. */
export function DeleteModal({ kind, connection, onClose, onDeleted }: DeleteModalProps) {
  const remove = useRemove(kind, connection.id);
  const what = kind === 'sources' ? 'source' : 'outbound';
  const { name, waiting } = connection;
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle appearance="danger">{t(`delete.${what}.title`, { name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <Facts
            facts={[
              { name: t('delete.kept'), value: t(`delete.${what}.kept`) },
              { name: t('delete.lost'), value: t(`delete.${what}.lost`, { waiting }) },
            ]}
          />
          {remove.error && (
            <FailureMessage error={remove.error} title={t('failure.action.title')} />
          )}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          appearance="danger"
          isLoading={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: onDeleted })}
        >
          {t('delete.confirm')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
