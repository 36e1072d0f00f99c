import Button, { LinkButton } from '@atlaskit/button/new';
import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';
import type { ModalKind } from './ConnectionModal';

interface MainActionProps {
  id: string;
  state: ConnectionState;
  isLoading: boolean;
  onResume: () => void;
  onSignIn: () => void;
  onOwnerLink: () => void;
  onAskApproval: () => void;
  onOpen: (dialog: ModalKind) => void;
}

/** The button that a state asks for; where the sign-in is another's, the way to them beside it. */
export function MainAction(props: MainActionProps) {
  const { id, state, isLoading, onResume, onSignIn, onOwnerLink, onAskApproval, onOpen } = props;
  switch (state.action) {
    case 'sign_in':
      return (
        <>
          <Button appearance="primary" spacing="compact" isLoading={isLoading} onClick={onSignIn}>
            {t('action.signInAgain')}
          </Button>
          {state.owner_link && (
            <Button spacing="compact" onClick={onOwnerLink}>
              {t('action.ownerLink')}
            </Button>
          )}
        </>
      );
    case 'resume':
      return (
        <Button spacing="compact" isLoading={isLoading} onClick={onResume}>
          {t('action.resume')}
        </Button>
      );
    case 'set_target':
      return (
        <LinkButton appearance="primary" spacing="compact" href={to(`sources/${id}/start`)}>
          {t('action.setTarget')}
        </LinkButton>
      );
    case 'ping':
      return (
        <Button spacing="compact" onClick={() => onOpen('ping')}>
          {t('action.ping')}
        </Button>
      );
    case 'ask_approval':
      return (
        <Button spacing="compact" isLoading={isLoading} onClick={onAskApproval}>
          {t('action.askApproval')}
        </Button>
      );
    case 'choose_folder':
      return (
        <Button appearance="primary" spacing="compact" onClick={() => onOpen('folder')}>
          {t('action.chooseFolder')}
        </Button>
      );
    case 'move_to_graph':
      return (
        <Button appearance="primary" spacing="compact" onClick={() => onOpen('graph')}>
          {t('action.moveToGraph')}
        </Button>
      );
    default:
      return null;
  }
}
