import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useCallback } from 'react';
import { type Kind, useCheckNow, useResume } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Stack } from '../ui/Stack';
import { PingResult } from './PingResult';

interface PlayModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
}

/** Proves every right and, when all is green, lets the connection go on where it stopped. */
export function PlayModal({ kind, connection, onClose }: PlayModalProps) {
  const { id, name, mailbox, state } = connection;
  const resume = useResume(kind, id);
  const check = useCheckNow(id);
  const wasPaused = state.code === 'paused';
  const { mutate: goOn } = resume;
  const { mutate: look } = check;
  const onOk = useCallback(() => {
    if (wasPaused) goOn();
    else if (kind === 'sources') look();
  }, [wasPaused, kind, goOn, look]);
  const error = resume.error ?? check.error;
  const pending = resume.isPending || check.isPending;
  const on = resume.isSuccess || check.isSuccess;
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('play.title', { name })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <p>{t('play.text')}</p>
          <PingResult kind={kind} id={id} mailbox={mailbox} onOk={onOk} />
          <p role="status">{pending ? t('play.going') : on && t('play.on')}</p>
          {error && <FailureMessage error={error} title={t('failure.action.title')} />}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
