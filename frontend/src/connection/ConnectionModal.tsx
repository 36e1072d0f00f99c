import type { Kind } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { DeleteModal } from './DeleteModal';
import { EditOutboundModal } from './EditOutboundModal';
import { EditSourceModal } from './EditSourceModal';
import { FolderModal } from './FolderModal';
import { MoveToGraphModal } from './MoveToGraphModal';
import { PingModal } from './PingModal';
import { PlayModal } from './PlayModal';
import { StartFromModal } from './StartFromModal';

export type ModalKind = 'ping' | 'play' | 'edit' | 'folder' | 'start' | 'graph' | 'delete';

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
    case 'play':
      return <PlayModal kind={kind} connection={connection} onClose={onClose} />;
    case 'graph':
      return <MoveToGraphModal kind={kind} connection={connection} onClose={onClose} />;
    case 'edit':
      return isSource(connection) ? (
        <EditSourceModal source={connection} onClose={onClose} />
      ) : (
        <EditOutboundModal outbound={connection} onClose={onClose} />
      );
    case 'folder':
      return isSource(connection) ? <FolderModal source={connection} onClose={onClose} /> : null;
    case 'start':
      return isSource(connection) ? <StartFromModal source={connection} onClose={onClose} /> : null;
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
