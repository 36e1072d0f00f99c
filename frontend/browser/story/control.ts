import { settings } from './settings';

/** Asks the simulator's control for something. */
export async function tell(path: string, body: object = {}): Promise<void> {
  await ask('POST', path, JSON.stringify(body));
}

/** Takes all faults away. */
export async function clearFaults(): Promise<void> {
  await ask('DELETE', '/faults');
}

/**
 * The next call to Graph finds its access token used up, so that a new one is asked for. Which mailbox that is nobody
 * says: to be told again until the right one was met.
 */
export async function tokenUsedUp(): Promise<void> {
  const waiting = (await look('/faults')) as unknown[];
  if (waiting.length > 0) return;
  await tell('/microsoft/faults', { host: 'graph', response_code: 'InvalidAuthenticationToken' });
}

/** A mail that lies in somebody's inbox from now on. */
export async function dropMail(address: string, subject: string): Promise<void> {
  const lines = [
    'From: Carl <carl@customer.example>',
    `To: ${address}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replace(/\W+/g, '-').toLowerCase()}@customer.example>`,
    '',
    'Please help.',
    '',
  ];
  const path = `/microsoft/mailboxes/${address}/mails`;
  await ask('POST', path, lines.join('\r\n'), 'message/rfc822');
}

/** What the simulator's control knows. */
export async function look(path: string): Promise<unknown> {
  return (await ask('GET', path)).json();
}

async function ask(
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Response> {
  const headers = { 'content-type': type };
  const answer = await fetch(settings.control + path, { method, headers, body: body ?? null });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
