import createClient, { type Client } from 'openapi-fetch';
import type { Bridge } from '../bridge/bridge';
import { Failure, failureFrom } from './failure';
import type { paths } from './schema';

export type Api = Client<paths>;

/** The API's address, as the page that carries the panel says it. */
export function apiBase(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="postroom-api"]');
  return meta?.content ?? '/api/v1';
}

/** A client that proves who asks, anew for each call. */
export function createApi(baseUrl: string, bridge: Bridge): Api {
  const api = createClient<paths>({ baseUrl, fetch: (request) => globalThis.fetch(request) });
  api.use({
    async onRequest({ request }) {
      request.headers.set('Authorization', await bridge.getAuthorization());
      return request;
    },
  });
  return api;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or its failure thrown: what TanStack Query expects. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call.catch((): never => {
    throw new Failure('network', '', null, null);
  });
  if (!answer.response.ok) throw failureFrom(answer.error, answer.response.status);
  return answer.data as T;
}
