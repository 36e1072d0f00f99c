import { type Call, type Reply, ROUTES } from './routes';
import type { World } from './world';

/** What a test lets happen instead of the usual answer. */
export type Instead = Record<string, Reply | 'pending' | 'network'>;

export interface FakeServer {
  fetch: typeof globalThis.fetch;
  calls: (Call & { authorization: string | null })[];
}

/** The panel API behind `fetch`, without a network. */
export function fakeServer(world: World, base: string, instead: Instead = {}): FakeServer {
  const calls: FakeServer['calls'] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      method: request.method,
      path: url.href.slice(base.length).split('?')[0] ?? '',
      query: url.searchParams,
      body: text ? JSON.parse(text) : {},
    };
    calls.push({ ...call, authorization: request.headers.get('authorization') });
    const other = instead[`${call.method} ${call.path}`];
    if (other === 'pending') return new Promise(() => undefined);
    if (other === 'network') throw new TypeError('Failed to fetch');
    return toResponse(other ?? answer(world, call));
  };
  return { fetch, calls };
}

export function answer(world: World, call: Call): Reply {
  const [, section, id = '', ...rest] = call.path.split('/');
  const whole = `${call.method} ${call.path}`;
  const pattern = ROUTES[whole] ? whole : `${call.method} /${[section, ':id', ...rest].join('/')}`;
  const handler = ROUTES[pattern];
  return handler ? handler(world, id, call) : { status: 404, body: { unknown: pattern } };
}

function toResponse({ status, body }: Reply): Response {
  if (body === undefined) return new Response(null, { status });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { 'content-type': 'application/json' } });
}
