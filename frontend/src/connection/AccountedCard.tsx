import Button from '@atlaskit/button/new';
import { useMayChange } from '../access/RoleContext';
import { useReconcile } from '../api/sources';
import type { Source } from '../api/types';
import { t } from '../messages/t';
import { fullTime } from '../messages/time';
import { Card } from '../ui/Card';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';

/** Whether every mail is accounted for: in the ledger, and in the ledger as in the folder. */
export function AccountedCard({ source }: { source: Source }) {
  const reconcile = useReconcile(source.id);
  const mayChange = useMayChange();
  const { waiting, total, reconciled } = source;
  return (
    <Card title={t('reconciled.title')}>
      <p>{t('connection.accounted.value', { accounted: total - waiting, total, waiting })}</p>
      <p>{countText(reconciled)}</p>
      {mayChange && (
        <Row>
          <Button
            spacing="compact"
            isLoading={reconcile.isPending}
            onClick={() => reconcile.mutate()}
          >
            {t('action.reconcile')}
          </Button>
        </Row>
      )}
      {reconcile.isSuccess && <p role="status">{t('reconciled.asked')}</p>}
      {reconcile.error && (
        <FailureMessage error={reconcile.error} title={t('failure.action.title')} />
      )}
    </Card>
  );
}

function countText(reconciled: Source['reconciled']): string {
  if (!reconciled) return t('reconciled.never');
  const { at, in_folder, in_ledger, imported } = reconciled;
  return t('reconciled.text', {
    when: fullTime(at),
    folder: in_folder,
    ledger: in_ledger,
    imported,
  });
}
