/**
 * This file follows the shape that openapi-typescript writes; `npm run generate` replaces it.
 */

export interface paths {
  '/me': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/overview': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_overview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-ins': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['begin_sign_in'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-ins/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_sign_in'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sign-ins/{id}/take': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['take_sign_in'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['list_sources'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_source'];
    put?: never;
    post?: never;
    delete: operations['delete_source'];
    options?: never;
    head?: never;
    patch: operations['change_source'];
    trace?: never;
  };
  '/sources/{id}/ping': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['ping_source'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources/{id}/pause': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['pause_source'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources/{id}/resume': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['resume_source'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources/{id}/poll': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['poll_source'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/outbounds': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['list_outbounds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/outbounds/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_outbound'];
    put?: never;
    post?: never;
    delete: operations['delete_outbound'];
    options?: never;
    head?: never;
    patch: operations['change_outbound'];
    trace?: never;
  };
  '/outbounds/{id}/ping': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['ping_outbound'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/outbounds/{id}/pause': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['pause_outbound'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/outbounds/{id}/resume': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['resume_outbound'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/outbounds/{id}/test': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['send_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/jira/projects': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['list_projects'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/mails': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['list_mails'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/mails/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_mail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/mails/{id}/raw': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['get_raw_mail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/mails/{id}/retry': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: operations['retry_mail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/notifications': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: operations['list_notifications'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ErrorBody: { error: components['schemas']['ErrorDetail'] };
    ErrorDetail: {
      code: string;
      message: string;
      action: string | null;
      reference: string;
      field?: string | null;
    };
    Me: { account_id: string; site_url: string; site_name: string; is_admin: boolean };
    Tone: 'success' | 'moved' | 'removed' | 'default' | 'inprogress';
    Overview: {
      sentence: string;
      tone: components['schemas']['Tone'];
      needs: components['schemas']['Need'][];
      week: components['schemas']['Week'];
      oldest_waiting_at: string | null;
      hours: components['schemas']['Hour'][];
      sources: number;
      outbounds: number;
    };
    Need: { text: string; connection_kind: string; connection_id: string };
    Week: {
      received: number;
      delivered: number;
      ignored: number;
      held: number;
      rejected: number;
      dead: number;
      waiting: number;
    };
    Hour: {
      hour: string;
      delivered: number;
      ignored: number;
      held: number;
      dead: number;
      waiting: number;
    };
    BeginSignIn: { purpose: 'source' | 'outbound' | 'both'; connection_id?: string | null };
    SignIn: {
      id: string;
      state: 'started' | 'authorized' | 'confirmed' | 'connected' | 'failed' | 'expired';
      url: string;
      mailbox: string | null;
      signed_in_as: string | null;
      failure: components['schemas']['SignInFailure'] | null;
      source_id: string | null;
      outbound_id: string | null;
      expires_at: string;
    };
    SignInFailure: {
      code: string;
      message: string;
      action: string;
      who_acts: components['schemas']['WhoActs'];
      admin_url: string | null;
    };
    WhoActs: 'you' | 'mailbox_owner' | 'microsoft_administrator' | 'nobody' | 'us';
    State: {
      code: components['schemas']['StateCode'];
      lozenge: string;
      tone: components['schemas']['Tone'];
      sentence: string;
      since: string;
      who_acts: components['schemas']['WhoActs'];
      action: components['schemas']['StateAction'] | null;
      error_code: string | null;
      reference: string | null;
    };
    StateCode:
      | 'waiting_for_approval'
      | 'active'
      | 'slowed'
      | 'retrying'
      | 'needs_sign_in'
      | 'refused'
      | 'ours'
      | 'paused'
      | 'needs_target';
    StateAction: 'sign_in' | 'resume' | 'ping' | 'set_target';
    Folder: { id: string; name: string };
    Target: {
      project_id: string;
      project_key: string;
      project_name: string;
      issue_type_id: string;
      issue_type_name: string;
    };
    Settle: 'mark_read' | 'leave' | 'move';
    Source: {
      id: string;
      name: string;
      mailbox: string;
      protocol: string;
      state: components['schemas']['State'];
      signed_in_as: string;
      folder: components['schemas']['Folder'];
      target: components['schemas']['Target'] | null;
      settle: components['schemas']['Settle'];
      start_from: string | null;
      last_success_at: string | null;
      last_mail_at: string | null;
      next_poll_at: string;
      waiting: number;
      total: number;
      outbound_id: string | null;
      created_at: string;
    };
    SourceList: { items: components['schemas']['Source'][] };
    ChangeSource: {
      name?: string;
      project_id?: string;
      issue_type_id?: string;
      settle?: components['schemas']['Settle'];
      start_from?: string;
      outbound_id?: string;
    };
    Ping: { ok: boolean; checked_at: string; rights: components['schemas']['Right'][] };
    Right: {
      right: 'token' | 'mailbox' | 'read' | 'write' | 'send';
      label: string;
      ok: boolean;
      detail: string;
      action: string | null;
      skipped: boolean;
    };
    Outbound: {
      id: string;
      name: string;
      mailbox: string;
      protocol: string;
      state: components['schemas']['State'];
      signed_in_as: string;
      last_success_at: string | null;
      sent: number;
      waiting: number;
      created_at: string;
    };
    OutboundList: { items: components['schemas']['Outbound'][] };
    ChangeOutbound: { name?: string };
    SendTest: { to: string };
    TestSent: { message_id: string };
    Project: {
      id: string;
      key: string;
      name: string;
      issue_types: components['schemas']['IssueType'][];
    };
    IssueType: { id: string; name: string };
    ProjectList: { items: components['schemas']['Project'][] };
    MailState: 'waiting' | 'delivered' | 'ignored' | 'rejected' | 'held' | 'dead';
    MailRow: {
      id: string;
      source_id: string;
      received_at: string;
      from_name: string | null;
      from_address: string;
      subject: string;
      state: components['schemas']['MailState'];
      reason: string;
      issue_key: string | null;
      attachments: number;
    };
    MailPage: { items: components['schemas']['MailRow'][]; next: string | null };
    TraceStep: {
      step: 'poll' | 'parse' | 'understand' | 'decide' | 'deliver' | 'settle';
      rule: string;
      saw: string;
      decided: string;
      at: string | null;
    };
    Delivery: {
      kind: 'issue' | 'comment' | 'attachment' | 'inline_images';
      target: string;
      state: 'tried' | 'done' | 'refused';
      jira_id: string | null;
      detail: string | null;
      at: string;
    };
    Attachment: {
      name: string;
      media_type: string;
      size_bytes: number;
      inline: boolean;
      stored: boolean;
      note: string | null;
    };
    MailDetail: components['schemas']['MailRow'] & {
      to: string[];
      message_id: string;
      size_bytes: number;
      text: string;
      html_present: boolean;
      attempts: number;
      next_attempt_at: string | null;
      settled_at: string | null;
      last_error: string | null;
      trace: components['schemas']['TraceStep'][];
      plan: unknown;
      deliveries: components['schemas']['Delivery'][];
      adf: unknown;
      issue_url: string | null;
      attachments_list: components['schemas']['Attachment'][];
    };
    Notification: {
      id: string;
      issue_key: string;
      to_address: string;
      subject: string;
      state: 'waiting' | 'sent' | 'ignored' | 'dead';
      reason: string;
      created_at: string;
      sent_at: string | null;
    };
    NotificationPage: { items: components['schemas']['Notification'][]; next: string | null };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  get_me: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Me'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_overview: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Overview'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  begin_sign_in: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: { content: { 'application/json': components['schemas']['BeginSignIn'] } };
    responses: {
      201: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['SignIn'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_sign_in: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['SignIn'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  take_sign_in: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['SignIn'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  list_sources: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['SourceList'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Source'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  change_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody: { content: { 'application/json': components['schemas']['ChangeSource'] } };
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Source'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  delete_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      204: { headers: { [name: string]: unknown }; content?: never };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  ping_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Ping'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  pause_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Source'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  resume_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Source'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  poll_source: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Source'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  list_outbounds: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['OutboundList'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Outbound'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  change_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody: { content: { 'application/json': components['schemas']['ChangeOutbound'] } };
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Outbound'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  delete_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      204: { headers: { [name: string]: unknown }; content?: never };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  ping_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Ping'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  pause_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Outbound'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  resume_outbound: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['Outbound'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  send_test: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody: { content: { 'application/json': components['schemas']['SendTest'] } };
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['TestSent'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  list_projects: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ProjectList'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  list_mails: {
    parameters: {
      query?: { state?: string; source_id?: string; q?: string; before?: string; limit?: number };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['MailPage'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_mail: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['MailDetail'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  get_raw_mail: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'message/rfc822': string } };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  retry_mail: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['MailDetail'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
  list_notifications: {
    parameters: {
      query?: { state?: string; before?: string; limit?: number };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['NotificationPage'] };
      };
      default: {
        headers: { [name: string]: unknown };
        content: { 'application/json': components['schemas']['ErrorBody'] };
      };
    };
  };
}
