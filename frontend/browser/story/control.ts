import { settings } from './settings';

/** Asks the simulator's control for something. */
export async function tell(path: string, body: object = {}): Promise<void> {
  await ask('POST', path, JSON.stringify(body));
}

/** Takes all faults away. */
export async function clearFaults(): Promise<void> {
  await ask('DELETE', '/faults');
}

/** The next call to Graph finds its access token used up, so that a new one is asked for. */
export function tokenUsedUp(): Promise<void> {
  return tell('/microsoft/faults', { host: 'graph', response_code: 'InvalidAuthenticationToken' });
}

async function ask(method: string, path: string, body?: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(settings.control + path, { method, headers, body });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
