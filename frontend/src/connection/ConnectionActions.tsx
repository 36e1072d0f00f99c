import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import { type Kind, useCheckNow, usePause, useResume } from '../api/connections';
import type { Outbound, Source } from '../api/types';
import { t } from '../messages/t';
import { useStartSignIn } from '../start/useStartSignIn';
import { FailureMessage } from '../ui/FailureMessage';
import { Row } from '../ui/Row';
import { ConnectionModal, type ModalKind } from './ConnectionModal';
import { MainAction } from './MainAction';
import { type MenuEntry, MoreActions } from './MoreActions';

interface ConnectionActionsProps {
  kind: Kind;
  connection: Source | Outbound;
  onDeleted?: () => void;
}

/** What can be done to a connection: the button that its state asks for, and the rest in a menu. */
export function ConnectionActions({ kind, connection, onDeleted }: ConnectionActionsProps) {
  const { id, name, state } = connection;
  const [open, setOpen] = useState<ModalKind | null>(null);
  const pause = usePause(kind, id);
  const resume = useResume(kind, id);
  const check = useCheckNow(id);
  const signIn = useStartSignIn();

  const isSource = kind === 'sources';
  const purpose = isSource ? 'source' : 'outbound';
  const again = {
    purpose,
    ...(isSource ? { source_id: id } : { outbound_id: id }),
  } as const;
  const signInAgain = () => signIn.start(again);
  const makeLink = () => signIn.makeLink(again);
  const askApproval = () => signIn.askApproval(again);
  const paused = state.code === 'paused';
  const entries: (MenuEntry | false)[] = [
    { label: t('action.ping'), onClick: () => setOpen('ping') },
    { label: t('action.play'), onClick: () => setOpen('play') },
    isSource && { label: t('action.check'), onClick: () => check.mutate() },
    paused
      ? { label: t('action.resume'), onClick: () => resume.mutate() }
      : { label: t('action.pause'), onClick: () => pause.mutate() },
    { label: t('action.signInAgain'), onClick: signInAgain },
    { label: t('action.ownerLink'), onClick: makeLink },
    { label: t('action.askApproval'), onClick: askApproval },
    { label: t('action.edit'), onClick: () => setOpen('edit') },
    isSource && { label: t('action.chooseFolder'), onClick: () => setOpen('folder') },
    isSource && { label: t('action.startFrom'), onClick: () => setOpen('start') },
    connection.protocol === 'ews' && {
      label: t('action.moveToGraph'),
      onClick: () => setOpen('graph'),
    },
    { label: t('action.delete'), onClick: () => setOpen('delete') },
  ];
  const error = pause.error ?? resume.error ?? check.error ?? signIn.error;

  return (
    <>
      <Row>
        <MainAction
          id={id}
          state={state}
          isLoading={resume.isPending || signIn.isPending}
          onResume={() => resume.mutate()}
          onSignIn={signInAgain}
          onOwnerLink={makeLink}
          onAskApproval={askApproval}
          onOpen={setOpen}
        />
        <MoreActions name={name} entries={entries.filter((entry) => entry !== false)} />
      </Row>
      {error && <FailureMessage error={error} title={t('failure.action.title')} />}
      <ModalTransition>
        {open && (
          <ConnectionModal
            kind={kind}
            connection={connection}
            open={open}
            onClose={() => setOpen(null)}
            onDeleted={onDeleted}
          />
        )}
      </ModalTransition>
    </>
  );
}
