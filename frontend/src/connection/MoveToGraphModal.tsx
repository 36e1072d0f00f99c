import { type Kind, useMoveToGraph } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { Confirm } from '../ui/Confirm';

interface MoveToGraphModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
}

export function MoveToGraphModal({ kind, connection, onClose }: MoveToGraphModalProps) {
  const move = useMoveToGraph(kind, connection.id);
  return (
    <Confirm
      title={t('toGraph.title', { name: connection.name })}
      kept={t('toGraph.kept')}
      lost={t('toGraph.changes')}
      confirm={t('toGraph.confirm')}
      isLoading={move.isPending}
      error={move.error}
      onConfirm={() => move.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
