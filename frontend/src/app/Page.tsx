import { AuditPage } from '../audit/AuditPage';
import { OutboundPage } from '../connection/OutboundPage';
import { SourcePage } from '../connection/SourcePage';
import { CreatePage } from '../create/CreatePage';
import { IncidentsPage } from '../incidents/IncidentsPage';
import { MailDetailPage } from '../mail/MailDetailPage';
import { MailPage } from '../mail/MailPage';
import { MessagingPage } from '../messaging/MessagingPage';
import { MicrosoftPage } from '../microsoft/MicrosoftPage';
import { NewRegistrationPage } from '../microsoft/NewRegistrationPage';
import { RegistrationPage } from '../microsoft/RegistrationPage';
import { OverviewPage } from '../overview/OverviewPage';
import { SettingsPage } from '../settings/SettingsPage';
import { SetupPage } from '../start/SetupPage';
import { SignInPage } from '../start/SignInPage';
import { NotFound } from './NotFound';

/** The page of a path. */
export function Page({ path }: { path: string[] }) {
  const [section, id, part] = path;
  switch (section) {
    case undefined:
      return <OverviewPage />;
    case 'messaging':
      return <MessagingPage tab={id === 'outbounds' ? 'outbounds' : 'sources'} />;
    case 'create':
      return <CreatePage />;
    case 'sources':
      if (!id) break;
      return part === 'start' ? <SetupPage key={id} id={id} /> : <SourcePage key={id} id={id} />;
    case 'outbounds':
      if (!id) break;
      return <OutboundPage key={id} id={id} />;
    case 'sign-in':
      if (!id) break;
      return <SignInPage key={id} id={id} />;
    case 'mail':
      return id ? <MailDetailPage key={id} id={id} /> : <MailPage tab="mail" />;
    case 'notifications':
      return <MailPage tab="notifications" />;
    case 'microsoft':
      if (id !== 'registrations') return <MicrosoftPage />;
      if (!part) break;
      return part === 'new' ? <NewRegistrationPage /> : <RegistrationPage key={part} id={part} />;
    case 'settings':
      if (id === undefined) return <SettingsPage />;
      if (id === 'incidents') return <IncidentsPage />;
      if (id === 'audit') return <AuditPage />;
      break;
  }
  return <NotFound />;
}
