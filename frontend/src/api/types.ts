import type { Role } from './planned';
import type { components } from './schema';

export type { AuditEntry, AuditPage, Download, MoveOffer, Role } from './planned';

type Schemas = components['schemas'];

export type Me = Schemas['Me'] & { role?: Role };
export type Tone = Schemas['Tone'];
export type Overview = Schemas['Overview'];
export type Need = Schemas['Need'];
export type Week = Schemas['Week'];
export type Hour = Schemas['Hour'];
export type SignIn = Schemas['SignIn'];
export type SignInFailure = Schemas['SignInFailure'];
export type BeginSignIn = Schemas['BeginSignIn'];
export type WhoActs = Schemas['WhoActs'];
export type ConnectionState = Schemas['State'];
export type Source = Schemas['Source'];
export type ChangeSource = Schemas['ChangeSource'];
export type Outbound = Schemas['Outbound'];
export type Ping = Schemas['Ping'];
export type Right = Schemas['Right'];
export type Project = Schemas['Project'];
export type MailRow = Schemas['MailRow'];
export type MailState = Schemas['MailState'];
export type MailDetail = Schemas['MailDetail'];
export type TraceStep = Schemas['TraceStep'];
export type Delivery = Schemas['Delivery'];
export type Attachment = Schemas['Attachment'];
export type Notification = Schemas['Notification'];
