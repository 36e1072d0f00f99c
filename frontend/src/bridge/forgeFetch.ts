import { invokeRemote } from '@forge/bridge';

type Call = Parameters<typeof invokeRemote>[0];

const BODYLESS = new Set([204, 205, 304]);

/**
 * `fetch` by way of Forge: the host carries the call to the app's remote and proves there who asks.
 * Only JSON passes, in both directions.
 */
export async function forgeFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const text = await request.text();
  const { status, body } = await invokeRemote({
    path: pathname + search,
    method: request.method as Call['method'],
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(text ? { body: JSON.parse(text) as unknown } : {}),
  });
  // The host could not reach the remote: it tells of an error, but of no answer.
  if (typeof status !== 'number') throw new TypeError('The host brought no answer');
  return new Response(BODYLESS.has(status) ? null : textOf(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
