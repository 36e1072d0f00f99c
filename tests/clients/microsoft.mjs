// The simulated Microsoft for other people's clients: an app registration of their own, people who sign in, scripts.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "./python.mjs";
import { control, told } from "./world.mjs";

export const REDIRECT = "http://localhost:9/callback";
const CLIENT = { client_id: "22222222-3333-4444-5555-666666666666", client_secret: "a secret of the clients" };

let where;

/** Where Microsoft is, over HTTP and TLS, whom to trust, and what the clients' application is. */
export function microsoft() {
  where ??= (async () => {
    const { microsoft: http, microsoft_tls: tls } = await told("/");
    const ca = join(await mkdtemp(join(tmpdir(), "clients-")), "ca.pem");
    await writeFile(ca, await (await fetch(`${control}/ca.pem`)).text());
    await told("/microsoft/registrations", { ...CLIENT, redirect_uris: [REDIRECT], name: "Clients" });
    return { http, tls, ca, control, redirect: REDIRECT, ...CLIENT };
  })();
  return where;
}

/** Somebody new with a mailbox. */
export async function somebody(name) {
  const address = `${name}@contoso.example`;
  await told("/microsoft/users", { address, display_name: `${name} Client` });
  return address;
}

export async function dropMail(address, subject, more = "") {
  const raw = `From: Carl <carl@customer.example>\r\nTo: ${address}\r\nSubject: ${subject}\r\nMessage-ID: <${crypto.randomUUID()}@customer.example>\r\n${more}\r\nText of ${subject}\r\n`;
  const answer = await fetch(`${control}/microsoft/mailboxes/${address}/mails`, { method: "POST", body: raw });
  assert.equal(answer.status, 201);
  return (await answer.json()).id;
}

export const mails = (address, folder) => told(`/microsoft/mailboxes/${address}/mails?folder=${folder}`);

/** An access token of somebody who was signed in behind the pages. */
export async function accessToken(address, scope) {
  const { http, client_id, client_secret } = await microsoft();
  const [{ refresh_token }] = await told("/microsoft/grants", { client_id, addresses: [address], scope });
  const form = new URLSearchParams({ grant_type: "refresh_token", client_id, client_secret, refresh_token, scope });
  const answer = await fetch(`${http}/common/oauth2/v2.0/token`, { method: "POST", body: form });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body.access_token;
}

/** Runs a script of `microsoft/` in its own process, which trusts the simulator's CA, and reads the JSON it prints. */
export async function run(script, more) {
  const known = await microsoft();
  const program = script.endsWith(".py") ? python : process.execPath;
  const trust = { REQUESTS_CA_BUNDLE: known.ca, SSL_CERT_FILE: known.ca, NODE_EXTRA_CA_CERTS: known.ca };
  const env = { ...process.env, ...trust, PYTHONDONTWRITEBYTECODE: "1" };
  return new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(`microsoft/${script}`, import.meta.url));
    const child = execFile(program, [path], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(JSON.parse(stdout)),
    );
    child.stdin.end(JSON.stringify({ ...known, ...more }));
  });
}
