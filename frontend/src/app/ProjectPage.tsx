import { ForAdministrators } from '../access/ForAdministrators';
import type { Role } from '../api/types';
import { SourcePage } from '../connection/SourcePage';
import { MailDetailPage } from '../mail/MailDetailPage';
import { ProjectMailPage } from '../mail/ProjectMailPage';
import { ProjectMessagingPage } from '../messaging/ProjectMessagingPage';

/** The page of a path for somebody who may look at the mail of their own projects, and no more. */
export function ProjectPage({ path, role }: { path: string[]; role: Role }) {
  const [section, id, part] = path;
  if (role === 'project_administrator') {
    if (section === undefined || (section === 'messaging' && id !== 'outbounds')) {
      return <ProjectMessagingPage />;
    }
    if (section === 'sources' && id && !part) return <SourcePage key={id} id={id} />;
    if (section === 'mail') {
      return id ? <MailDetailPage key={id} id={id} /> : <ProjectMailPage />;
    }
  }
  return <ForAdministrators />;
}
