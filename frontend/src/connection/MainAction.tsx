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
}

/** The one button that a state asks for. */
export function MainAction({ id, action, isLoading, onPing, onResume, onSignIn }: MainActionProps) {
  switch (action) {
    case 'sign_in':
      return (
        <Button appearance="primary" spacing="compact" isLoading={isLoading} onClick={onSignIn}>
          {t('action.signInAgain')}
        </Button>
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
