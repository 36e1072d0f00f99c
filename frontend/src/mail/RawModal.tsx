import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { useEffect, useState } from 'react';
import { t } from '../messages/t';
import { Skeleton } from '../ui/Skeleton';
import styles from './RawModal.module.css';

// More than this makes the page slow and tells a person nothing more.
const SHOWN_KB = 200;

export function RawModal({ raw, onClose }: { raw: Blob; onClose: () => void }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    void raw
      .slice(0, SHOWN_KB * 1024)
      .text()
      .then((loaded) => wanted && setText(loaded));
    return () => {
      wanted = false;
    };
  }, [raw]);
  return (
    <Modal onClose={onClose} width="x-large">
      <ModalHeader>
        <ModalTitle>{t('mail.raw.title')}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        {text === null ? <Skeleton lines={8} /> : <pre className={styles.raw}>{text}</pre>}
        {raw.size > SHOWN_KB * 1024 && <p>{t('mail.raw.cut', { kb: SHOWN_KB })}</p>}
      </ModalBody>
      <ModalFooter>
        <Button appearance="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
