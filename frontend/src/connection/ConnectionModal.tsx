import type { Kind } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { DeleteModal } from './DeleteModal';
import { EditSourceModal } from './EditSourceModal';
import { PingModal } from './PingModal';
import { RenameModal } from './RenameModal';

export type ModalKind = 'ping' | 'edit' | 'delete';

interface ConnectionModalProps {
  kind: Kind;
  connection: Source | Outbound;
  open: ModalKind;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
}

/** The dialog that an action of a connection opens. */
export function ConnectionModal(props: ConnectionModalProps) {
  const { kind, connection, open, onClose, onDeleted } = props;
  switch (open) {
    case 'ping':
      return <PingModal kind={kind} connection={connection} onClose={onClose} />;
    case 'edit':
      return isSource(connection) ? (
        <EditSourceModal source={connection} onClose={onClose} />
      ) : (
        <RenameModal outbound={connection} onClose={onClose} />
      );
    case 'delete':
      return (
        <DeleteModal
          kind={kind}
          connection={connection}
          onClose={onClose}
          onDeleted={() => {
            onClose();
            onDeleted?.();
          }}
        />
      );
  }
}

function isSource(connection: Source | Outbound): connection is Source {
  return 'settle' in connection;
}
