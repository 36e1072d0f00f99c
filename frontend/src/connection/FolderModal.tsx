import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { useChangeSource } from '../api/connections';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';
import { FolderTree } from './FolderTree';

/** Chooses the folder that a source reads. */
export function FolderModal({ source, onClose }: { source: Source; onClose: () => void }) {
  const change = useChangeSource(source.id);
  const [folder, setFolder] = useState(source.folder.id);
  return (
    <Modal onClose={onClose} width="medium">
      <ModalHeader>
        <ModalTitle>{t('folder.title', { name: source.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <p>{t('folder.text')}</p>
          <FolderTree
            sourceId={source.id}
            label={t('folder.tree')}
            chosen={folder}
            onChoose={({ id }) => setFolder(id)}
          />
          {change.error && (
            <FailureMessage error={change.error} title={t('failure.action.title')} />
          )}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          appearance="primary"
          isDisabled={folder === source.folder.id}
          isLoading={change.isPending}
          onClick={() => change.mutate({ folder_id: folder }, { onSuccess: onClose })}
        >
          {t('folder.save')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
