import Button, { LinkButton } from '@atlaskit/button/new';
import type { ConnectionState } from '../api/types';
import { t } from '../messages/t';
import { to } from '../router/location';

interface MainActionProps {
  id: string;
  action: ConnectionState['action'];
  isLoading: boolean;
  onPing: () => void;
  onResume: () => void;
  onSignIn: () => void;
  onOwnerLink: () => void;
}

/** The button that a state asks for; where the sign-in is another's, the way to them beside it. */
export function MainAction(props: MainActionProps) {
  const { id, action, isLoading, onPing, onResume, onSignIn, onOwnerLink } = props;
  switch (action) {
    case 'sign_in':
      return (
        <>
          <Button appearance="primary" spacing="compact" isLoading={isLoading} onClick={onSignIn}>
            {t('action.signInAgain')}
          </Button>
          <Button spacing="compact" onClick={onOwnerLink}>
            {t('action.ownerLink')}
          </Button>
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
        <Button spacing="compact" onClick={onPing}>
          {t('action.ping')}
        </Button>
      );
    default:
      return null;
  }
}
