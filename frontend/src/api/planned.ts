import type { paths } from './schema';

/** What the API's document does not have yet; goes as soon as it has. */
interface PlannedPaths {
  '/audit': {
    get: {
      parameters: {
        query?: { before?: string; limit?: number; action?: string; subject_id?: string };
      };
      responses: { 200: { content: { 'application/json': AuditPage } } };
    };
  };
  '/audit/export': {
    get: {
      parameters: { query: { format: 'csv' | 'json'; from?: string; to?: string } };
      responses: { 200: { content: { 'application/json': Download } } };
    };
  };
  '/move': {
    get: { responses: { 200: { content: { 'application/json': Move } } } };
    post: { responses: { 204: { content?: never } } };
  };
}

export type AllPaths = paths & PlannedPaths;

export interface AuditPage {
  items: AuditEntry[];
  next: string | null;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: {
    kind: 'account' | 'atlassian' | 'service' | 'operator';
    account_id: string | null;
    name: string | null;
  };
  action: string;
  sentence: string;
  subject: { kind: string; id: string; name: string } | null;
  changes: { field: string; from: string | null; to: string | null }[];
}

export interface Download {
  name: string;
  media_type: string;
  content_base64: string;
}

export interface Move {
  offer: MoveOffer | null;
}

export interface MoveOffer {
  site_url: string;
  sources: number;
  outbounds: number;
  mails: number;
  since: string;
}

export type Role = 'administrator' | 'project_administrator' | 'none';
