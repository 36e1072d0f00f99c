import { aDownload } from './audit';
import { aSignIn, aWorld } from './aWorld';
import { CONNECTION_ROUTES } from './connectionRoutes';
import { aSource } from './connections';
import type { World } from './world';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export interface Reply {
  status: number;
  body?: unknown;
}

export type Handler = (world: World, id: string, call: Call) => Reply;

const ok = (body: unknown): Reply => ({ status: 200, body });
const found = (body: unknown): Reply =>
  body === undefined ? failure(404, 'not_found', 'There is no such thing.') : ok(body);
const byId = <T extends { id: string }>(items: T[], id: string) =>
  items.find((item) => item.id === id);

export function failure(status: number, code: string, message: string): Reply {
  return {
    status,
    body: { error: { code, message, action: 'Try it later.', reference: 'req-4711' } },
  };
}

function change<T extends { id: string }>(items: T[], id: string, by: Partial<T>): Reply {
  const item = byId(items, id);
  return found(item && Object.assign(item, by));
}

/** As the real one, but small enough for a test to have a second page. */
const AUDIT_PAGE = 5;

const paused = { code: 'paused', lozenge: 'Paused', tone: 'default', action: 'resume' } as const;
const active = { code: 'active', lozenge: 'Active', tone: 'success', action: 'ping' } as const;

/** The panel API, as far as its contract is needed to show the panel. */
export const ROUTES: Record<string, Handler> = {
  ...CONNECTION_ROUTES,
  'GET /me': (world) => ok(world.me),
  'GET /overview': (world) => ok(world.overview),
  'POST /sign-ins': (world, _, { body }) => {
    const signIn = aSignIn({ asked: body.asked === 'owner' ? 'owner' : 'me' });
    world.signIns.push(signIn);
    return { status: 201, body: signIn };
  },
  'GET /sign-ins/:id': (world, id) => found(byId(world.signIns, id)),
  'POST /sign-ins/:id/take': (world, id) => {
    const source = aSource({ id: '0192f3a0-0000-7000-8000-00000000000f', target: null });
    world.sources.push(source);
    return change(world.signIns, id, { state: 'connected', source_id: source.id });
  },
  'GET /sources': (world) => ok({ items: world.sources }),
  'GET /sources/:id': (world, id) => found(byId(world.sources, id)),
  'PATCH /sources/:id': (world, id, { body }) => {
    const project = world.projects.find((one) => one.id === body.project_id);
    const type = project?.issue_types.find((one) => one.id === body.issue_type_id);
    const target = project &&
      type && {
        project_id: project.id,
        project_key: project.key,
        project_name: project.name,
        issue_type_id: type.id,
        issue_type_name: type.name,
      };
    const name = typeof body.name === 'string' ? { name: body.name } : {};
    return change(world.sources, id, { ...name, ...(target ? { target } : {}) });
  },
  'DELETE /sources/:id': (world, id) => {
    world.sources = world.sources.filter((source) => source.id !== id);
    return { status: 204 };
  },
  'POST /sources/:id/ping': (world) => ok(world.ping),
  'POST /sources/:id/poll': (world, id) => found(byId(world.sources, id)),
  'POST /sources/:id/pause': (world, id) => withState(world.sources, id, paused),
  'POST /sources/:id/resume': (world, id) => withState(world.sources, id, active),
  'GET /outbounds': (world) => ok({ items: world.outbounds }),
  'GET /outbounds/:id': (world, id) => found(byId(world.outbounds, id)),
  'PATCH /outbounds/:id': (world, id, { body }) =>
    change(world.outbounds, id, typeof body.name === 'string' ? { name: body.name } : {}),
  'DELETE /outbounds/:id': (world, id) => {
    world.outbounds = world.outbounds.filter((outbound) => outbound.id !== id);
    return { status: 204 };
  },
  'POST /outbounds/:id/ping': (world) => ok(world.ping),
  'POST /outbounds/:id/pause': (world, id) => withState(world.outbounds, id, paused),
  'POST /outbounds/:id/resume': (world, id) => withState(world.outbounds, id, active),
  'POST /outbounds/:id/test': () => ok({ message_id: '<test@postroom.example>' }),
  'GET /jira/projects': (world) => ok({ items: world.projects }),
  'GET /mails': (world, _, { query }) => {
    const state = query.get('state');
    const q = query.get('q')?.toLowerCase();
    const items = world.mails
      .filter((mail) => !state || mail.state === state)
      .filter((mail) => !q || mail.subject.toLowerCase().includes(q));
    return ok({ items, next: null });
  },
  'GET /mails/:id': (world, id) => found(byId(world.mails, id)),
  'GET /mails/:id/raw': () => ok('From: carl@customer.example\r\nSubject: cats\r\n\r\nmeow'),
  'POST /mails/:id/retry': (world, id) =>
    change(world.mails, id, { state: 'waiting', reason: 'Tried again by Alice.' }),
  'GET /audit': (world, _, { query }) => {
    const [action, subject] = [query.get('action'), query.get('subject_id')];
    const found = world.audit
      .filter((entry) => !action || entry.action === action)
      .filter((entry) => !subject || entry.subject?.id === subject);
    const from = found.findIndex(({ id }) => id === query.get('before')) + 1;
    const items = found.slice(from, from + AUDIT_PAGE);
    return ok({ items, next: from + AUDIT_PAGE < found.length ? items.at(-1)?.id : null });
  },
  'GET /audit/export': (_world, _, { query }) =>
    ok(aDownload(`audit.${query.get('format')}`, 'text/csv', 'at,who\n')),
  'GET /move': (world) => ok({ offer: world.move }),
  'POST /move': (world) => {
    if (!world.move) return failure(404, 'not_found', 'There is nothing to move.');
    world.move = null;
    world.overview = aWorld().overview;
    return { status: 204 };
  },
  'GET /notifications': (world, _, { query }) => {
    const state = query.get('state');
    const items = world.notifications.filter((one) => !state || one.state === state);
    return ok({ items, next: null });
  },
};

function withState<S extends { id: string; state: object }>(
  items: S[],
  id: string,
  state: Partial<S['state']>,
): Reply {
  const item = byId(items, id);
  if (item) item.state = { ...item.state, ...state };
  return found(item);
}
