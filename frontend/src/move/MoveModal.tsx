import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useMove } from '../api/move';
import type { MoveOffer } from '../api/types';
import { t } from '../messages/t';
import { Facts } from '../ui/Facts';
import { Stack } from '../ui/Stack';
import { MoveFailure } from './MoveFailure';

interface MoveModalProps {
  offer: MoveOffer;
  onClose: () => void;
  onMoved: () => void;
}

/** Asks before everything moves and says what is kept and what changes. */
export function MoveModal({ offer, onClose, onMoved }: MoveModalProps) {
  const move = useMove(onMoved);
  const { mails, site_url } = offer;
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('move.dialog.title')}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <Facts
            facts={[
              { name: t('move.kept'), value: t('move.kept.text', { mails }) },
              { name: t('move.changes'), value: t('move.changes.text', { site: site_url }) },
            ]}
          />
          {move.error && <MoveFailure error={move.error} />}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button appearance="primary" isLoading={move.isPending} onClick={() => move.mutate()}>
          {t('move.confirm')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
