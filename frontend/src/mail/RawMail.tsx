import Button from '@atlaskit/button/new';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { useRawMail } from '../api/mails';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { saveFile } from '../ui/saveFile';
import { RawModal } from './RawModal';

/** The mail byte for byte, to look at or to keep. */
export function RawMail({ id }: { id: string }) {
  const raw = useRawMail(id);
  const [shown, setShown] = useState<Blob | null>(null);
  const view = () => raw.mutate(undefined, { onSuccess: setShown });
  const download = () =>
    raw.mutate(undefined, { onSuccess: (bytes) => saveFile(bytes, `${id}.eml`) });
  return (
    <>
      <Row>
        <Button spacing="compact" isDisabled={raw.isPending} onClick={view}>
          {t('mail.raw.view')}
        </Button>
        <Button spacing="compact" isDisabled={raw.isPending} onClick={download}>
          {t('mail.raw.download')}
        </Button>
      </Row>
      {raw.error && <FailureMessage error={raw.error} title={t('failure.action.title')} />}
      <ModalTransition>
        {shown && <RawModal raw={shown} onClose={() => setShown(null)} />}
      </ModalTransition>
    </>
  );
}
