import Button from '@atlaskit/button/new';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { t } from '../messages/t';
import { ExportModal } from './ExportModal';

/** The trail as a file, whatever the filter shows. */
export function AuditExport() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('audit.export')}</Button>
      <ModalTransition>{open && <ExportModal onClose={() => setOpen(false)} />}</ModalTransition>
    </>
  );
}
