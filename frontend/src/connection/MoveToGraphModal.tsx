import { type Kind, useMoveToGraph } from '../api/connections';
import { Failure } from '../api/failure';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { useStartSignIn } from '../start/useStartSignIn';
import { Confirm } from '../ui/Confirm';

interface MoveToGraphModalProps {
  kind: Kind;
  connection: Source | Outbound;
  onClose: () => void;
}

export function MoveToGraphModal({ kind, connection, onClose }: MoveToGraphModalProps) {
  const { id } = connection;
  const move = useMoveToGraph(kind, id);
  const signIn = useStartSignIn();
  const goOn = () => move.mutate(undefined, { onSuccess: onClose });
  // An outbound whose sign-in was for EWS alone: signed in for Graph, it sends by Graph.
  const lacks = move.error instanceof Failure && move.error.code === 'missing_scopes';
  const again = () => signIn.start({ purpose: 'outbound', outbound_id: id, protocol: 'graph' });
  return (
    <Confirm
      title={t('toGraph.title', { name: connection.name })}
      kept={t('toGraph.kept')}
      lost={t('toGraph.changes')}
      confirm={t(lacks ? 'toGraph.signIn' : 'toGraph.confirm')}
      isLoading={move.isPending || signIn.isPending}
      error={signIn.error ?? move.error}
      onConfirm={lacks ? again : goOn}
      onClose={onClose}
    />
  );
}
