import Button from '@atlaskit/button/new';
import Modal, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import { type ExportFormat, useAuditExport } from '../api/audit';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Field } from '../ui/Field';
import { Stack } from '../ui/Stack';
import { saveFile } from '../ui/saveFile';

const FORMATS: readonly ExportFormat[] = ['csv', 'json'];

/** Asks from when to when, because a file through Jira can only be so long, and saves it. */
export function ExportModal({ onClose }: { onClose: () => void }) {
  const file = useAuditExport();
  const [days, setDays] = useState({ first: '', last: '' });
  const save = (format: ExportFormat) =>
    file.mutate({ format, ...days }, { onSuccess: (saved) => saveFile(saved, saved.name) });
  return (
    <Modal onClose={onClose} width="small">
      <ModalHeader>
        <ModalTitle>{t('audit.export.title')}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <Stack>
          <p>{t('audit.export.text')}</p>
          {(['first', 'last'] as const).map((end) => (
            <Field key={end} label={t(`audit.export.${end}`)}>
              {({ id }) => (
                <Textfield
                  id={id}
                  type="date"
                  width="small"
                  value={days[end]}
                  onChange={({ currentTarget }) => setDays({ ...days, [end]: currentTarget.value })}
                />
              )}
            </Field>
          ))}
          <div role="status">
            {file.data && <p>{t('audit.export.done', { name: file.data.name })}</p>}
          </div>
          {file.error && <FailureMessage error={file.error} title={t('failure.action.title')} />}
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {t('common.close')}
        </Button>
        {FORMATS.map((format) => (
          <Button
            key={format}
            isDisabled={file.isPending}
            isLoading={file.isPending && file.variables.format === format}
            onClick={() => save(format)}
          >
            {t(`audit.export.${format}`)}
          </Button>
        ))}
      </ModalFooter>
    </Modal>
  );
}
