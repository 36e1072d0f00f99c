import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { Kind } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { PingResult } from './PingResult';

interface PingModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
}

export function PingModal({ kind, connection, onClose }: PingModalProps) {
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('ping.title', { name: connection.name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <PingResult kind={kind} id={connection.id} mailbox={connection.mailbox} />
      </ModalBody>
      <ModalFooter>
        <Button appearance="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
