import type {
  AuditEntry,
  MailDetail,
  Me,
  MoveOffer,
  Notification,
  Outbound,
  Overview,
  Ping,
  Project,
  SignIn,
  Source,
} from '../../src/api/types';

/** What the fake API knows. Tests change it to bring a page into the state that they look at. */
export interface World {
  me: Me;
  overview: Overview;
  sources: Source[];
  outbounds: Outbound[];
  ping: Ping;
  projects: Project[];
  signIns: SignIn[];
  mails: MailDetail[];
  notifications: Notification[];
  audit: AuditEntry[];
  move: MoveOffer | null;
}
