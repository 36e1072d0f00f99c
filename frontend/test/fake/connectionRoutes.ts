import type { FolderNode, Grant, StateSpan } from '../../src/api/types';
import { aSignIn } from './aWorld';
import { aSource } from './connections';
import type { Handler, Reply } from './routes';
import { before } from './time';
import type { World } from './world';

const ok = (body: unknown): Reply => ({ status: 200, body });
const missing: Reply = { status: 404, body: { error: { code: 'not_found', message: 'None.' } } };
const NEW_SOURCE = '0192f3a0-0000-7000-8000-00000000000f';

export const ANN: Grant = {
  id: '0192f3a0-0000-7000-8000-000000000501',
  signed_in_as: 'ann@contoso.example',
  display_name: 'Ann',
  directory_id: '0192f3a0-0000-7000-8000-0000000005aa',
  cloud: 'global',
  registration: null,
  scopes: ['Mail.ReadWrite', 'Mail.Send'],
  resources: ['graph'],
  consent: 'user',
  refreshed_at: before({ hours: 1 }),
  idle_ends_at: before({ days: -89 }),
  used_by: [],
};

/** The folders of every mailbox: two, one of which has one inside. */
const FOLDERS: Record<string, FolderNode[]> = {
  '': [
    { id: 'inbox', name: 'Inbox', children: 1, unread: 4 },
    { id: 'archive', name: 'Archive', children: 0, unread: 0 },
  ],
  inbox: [{ id: 'requests', name: 'Requests', children: 0, unread: null }],
};

/** The newest first, as the API tells it. */
export const HISTORY: StateSpan[] = [
  {
    state: 'active',
    lozenge: 'Active',
    tone: 'success',
    sentence: 'All went well.',
    since: before({ days: 3 }),
    until: null,
  },
  {
    state: 'needs_sign_in',
    lozenge: 'Needs sign-in',
    tone: 'removed',
    sentence: 'Microsoft ended the sign-in.',
    since: before({ days: 7, hours: 3 }),
    until: before({ days: 3 }),
  },
];

function askApproval(world: World, id: string): Reply {
  const signIn = world.signIns.find((one) => one.id === id);
  if (!signIn) return missing;
  const approval_url = 'https://postroom.example/microsoft/approve/token';
  return ok(Object.assign(signIn, { state: 'waiting_for_approval', approval_url }));
}

function moveToGraph(connections: { id: string }[], id: string): Reply {
  const connection = connections.find((one) => one.id === id);
  return connection ? { status: 202, body: connection } : missing;
}

/** What connections with Microsoft are asked for, beside what both kinds always had. */
export const CONNECTION_ROUTES: Record<string, Handler> = {
  'GET /sign-ins': (world) => ok({ items: world.signIns }),
  'DELETE /sign-ins/:id': (world, id) => {
    world.signIns = world.signIns.filter((signIn) => signIn.id !== id);
    return { status: 204 };
  },
  'POST /sign-ins/:id/ask-approval': (world, id) => askApproval(world, id),
  'GET /grants': () => ok({ items: [ANN] }),
  'GET /registrations': () => ok({ items: [] }),
  'POST /sources': (world, _, { body }) => {
    const mailbox = String(body.mailbox);
    const protocol = body.protocol === 'ews' ? 'ews' : 'graph';
    const source = aSource({ id: NEW_SOURCE, name: mailbox, mailbox, protocol, target: null });
    world.sources.push(source);
    return { status: 201, body: source };
  },
  'GET /sources/:id/folders': (_world, _, { query }) =>
    ok({ items: FOLDERS[query.get('parent') ?? ''] ?? [] }),
  'GET /sources/:id/history': () => ok({ items: HISTORY }),
  'GET /outbounds/:id/history': () => ok({ items: HISTORY }),
  'POST /sources/:id/reconcile': (world, id) => {
    const source = world.sources.find((one) => one.id === id);
    return source ? { status: 202, body: source } : missing;
  },
  'POST /sources/:id/move-to-graph': (world, id) => moveToGraph(world.sources, id),
  'POST /outbounds/:id/move-to-graph': (world, id) => moveToGraph(world.outbounds, id),
};

/** A sign-in that the owner of a mailbox was asked for. */
export function anOwnerLink(change: Parameters<typeof aSignIn>[0] = {}) {
  return aSignIn({
    asked: 'owner',
    mailbox: 'sales@contoso.example',
    url: 'https://postroom.example/microsoft/owner/ticket',
    ...change,
  });
}
