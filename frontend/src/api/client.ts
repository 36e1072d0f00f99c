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

/** A client whose calls go through the front door that the panel was opened by. */
export function createApi(baseUrl: string, bridge: Bridge): Api {
  return createClient<paths>({ baseUrl, fetch: (request) => bridge.fetch(request) });
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
