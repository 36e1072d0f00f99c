import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { StartFromForm } from '../start/StartFromForm';

/** "From when?", asked again: what is in the ledger is not taken twice. */
export function StartFromModal({ source, onClose }: { source: Source; onClose: () => void }) {
  const [started, setStarted] = useState(false);
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('startFrom.title', { name: source.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <StartFromForm source={source} started={started} onStarted={() => setStarted(true)} />
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.close')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
