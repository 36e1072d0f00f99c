import Button from '@atlaskit/button/new';
import { type ExportFormat, useAuditExport } from '../api/audit';
import { t } from '../messages/t';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { Stack } from '../ui/Stack';
import { saveFile } from '../ui/saveFile';

const FORMATS: readonly ExportFormat[] = ['csv', 'json'];

/** The whole trail as a file, whatever the filter shows. */
export function AuditExport() {
  const file = useAuditExport();
  const save = (format: ExportFormat) =>
    file.mutate(format, { onSuccess: (saved) => saveFile(saved, saved.name) });
  return (
    <Stack gap="small">
      <Row>
        {FORMATS.map((format) => (
          <Button
            key={format}
            isDisabled={file.isPending}
            isLoading={file.isPending && file.variables === format}
            onClick={() => save(format)}
          >
            {t(`audit.export.${format}`)}
          </Button>
        ))}
      </Row>
      <small role="status">
        {file.data ? t('audit.export.done', { name: file.data.name }) : ''}
      </small>
      {file.error && <FailureMessage error={file.error} title={t('failure.action.title')} />}
    </Stack>
  );
}
