import { type Kind, useRemove } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { Confirm } from '../ui/Confirm';

interface DeleteModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a connection is deleted and says what is kept and what is lost. */
export function DeleteModal({ kind, connection, onClose, onDeleted }: DeleteModalProps) {
  const remove = useRemove(kind, connection.id);
  const what = kind === 'sources' ? 'source' : 'outbound';
  const { name, waiting } = connection;
  return (
    <Confirm
      title={t(`delete.${what}.title`, { name })}
      kept={t(`delete.${what}.kept`)}
      lost={t(`delete.${what}.lost`, { waiting })}
      confirm={t('delete.confirm')}
      danger
      isLoading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onDeleted })}
      onClose={onClose}
    />
  );
}
