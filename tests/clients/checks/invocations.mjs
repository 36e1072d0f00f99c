// Invocation tokens (Forge Remote) and npm jose: it verifies those of the simulator against the simulator's key set, and
// mints others, with a key set of its own, which our Forge door takes or refuses.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { API, APP_ID, CLOUD_ID, KeySet, claims, mint } from "../forge.mjs";
import { Ours } from "../ours.mjs";
import { administrator, told, until } from "../world.mjs";

const SITE = "globex";
const RULES = { issuer: "forge/invocation-token", audience: APP_ID, algorithms: ["RS256"] };
const calls = [];
const remote = createServer((request, response) => {
  calls.push({ path: request.url, authorization: request.headers.authorization });
  response.writeHead(204).end();
});
const set = await KeySet.start("key-1");
const ours = new Ours("invocations");
let keys;

export function stop() {
  ours.stop();
  set.stop();
  remote.close();
}

async function simulated() {
  await new Promise((resolve) => remote.listen(0, "127.0.0.1", resolve));
  const { atlassian } = await told("/");
  keys = createRemoteJWKSet(new URL(`${atlassian}/.well-known/jwks.json`), { cooldownDuration: 0 });
  const remote_url = `http://localhost:${remote.address().port}`;
  const { installation_id } = await told(`/jira/${SITE}/forge/install`, { remote_url, app_id: APP_ID });
  const { account_id } = await administrator(SITE);
  const { invocation_token } = await told(`/jira/${SITE}/forge/token`, { account_id });
  const { payload } = await jwtVerify(invocation_token, keys, RULES);
  assert.equal(payload.app.installationId, installation_id);
  assert.equal(payload.principal, account_id);
  const event = await until("the lifecycle event", () => calls.find((call) => call.path === "/forge/lifecycle"));
  await jwtVerify(event.authorization.replace("Bearer ", ""), keys, RULES);
  return "npm jose verifies the simulator's invocation tokens: 1 of the panel, 1 of an event";
}

async function rotated() {
  const { kid } = await told("/forge/rotate-keys", {});
  const { invocation_token } = await told(`/jira/${SITE}/forge/token`, {});
  assert.equal(decodeProtectedHeader(invocation_token).kid, kid);
  await jwtVerify(invocation_token, keys, RULES);
  const wrong = [
    [{ aud: "ari:cloud:ecosystem::app/another" }, RULES],
    [{ iss: "somebody" }, RULES],
    [{ expires_in: -60 }, RULES],
    [{ clock_offset: 600 }, RULES],
    [{ alg: "none" }, RULES],
    [{ alg: "HS256" }, RULES],
    [{ foreign_key: true }, RULES],
    [{}, { ...RULES, audience: APP_ID.slice(0, -1) }],
  ];
  for (const [wanted, rules] of wrong) {
    const other = await told(`/jira/${SITE}/forge/token`, wanted);
    await assert.rejects(jwtVerify(other.invocation_token, keys, rules), JSON.stringify(wanted));
  }
  await told(`/jira/${SITE}/forge/uninstall`, {});
  return `npm jose follows the simulator's rotated key and refuses ${wrong.length} wrong tokens`;
}

const door = { jwks_url: set.url, app_id: APP_ID, environment: "PRODUCTION", api_base: API, sites: "https://*.atlassian.net" };
const verify = (token) => ours.ask({ do: "verify", token });

async function taken() {
  await ours.ask({ do: "open", ...door });
  const good = [
    {},
    { principal: undefined },
    { aud: [APP_ID] },
    { exp: Math.floor(Date.now() / 1000) + 25 },
  ];
  for (const more of good) {
    const answer = await verify(await mint(set, "key-1", more));
    assert.equal(answer.cloud_id, CLOUD_ID, JSON.stringify([more, answer]));
  }
  const context = { cloudId: CLOUD_ID, siteUrl: "https://example.com" };
  const elsewhere = await verify(await mint(set, "key-1", { context }));
  assert.equal(elsewhere.cloud_id, CLOUD_ID, JSON.stringify(elsewhere));
  assert.equal(elsewhere.site_url, null, "the address of a site elsewhere is not believed");
  await set.add("key-2");
  const answer = await verify(await mint(set, "key-2"));
  assert.equal(answer.account_id, claims().principal, JSON.stringify(answer));
  return `our Forge door takes ${good.length + 1} tokens minted by npm jose, and 1 of a key that was added since`;
}

async function refused() {
  const { app } = claims();
  const now = Math.floor(Date.now() / 1000);
  const stranger = await KeySet.start("key-1");
  const wrong = [
    ["a foreign key under a known id", mint(stranger, "key-1")],
    ["another app", mint(set, "key-1", { aud: "ari:cloud:ecosystem::app/another" })],
    ["our app as a prefix", mint(set, "key-1", { aud: `${APP_ID}0` })],
    ["our app as a substring", mint(set, "key-1", { aud: `x${APP_ID}x` })],
    ["two audiences", mint(set, "key-1", { aud: [APP_ID, "another"] })],
    ["another issuer", mint(set, "key-1", { iss: "forge/other-token" })],
    ["expired", mint(set, "key-1", { iat: now - 300, nbf: now - 300, exp: now - 60 })],
    ["from the future", mint(set, "key-1", { iat: now + 120, nbf: now + 120, exp: now + 180 })],
    ["no expiry", mint(set, "key-1", { exp: undefined })],
    ["development", mint(set, "key-1", { app: { ...app, environment: { type: "DEVELOPMENT" } } })],
    ["no installation", mint(set, "key-1", { app: { ...app, installationId: undefined } })],
    ["an API elsewhere", mint(set, "key-1", { app: { ...app, apiBaseUrl: "https://api.example.com/ex/jira/x" } })],
    ["a key id with a way up", mint(set, "key-1", {}, { kid: "../key-1" })],
  ];
  for (const [what, token] of wrong) {
    const answer = await verify(await token);
    assert.ok(answer.refused, `${what}: ${JSON.stringify(answer)}`);
  }
  stranger.stop();
  return `our Forge door refuses ${wrong.length} wrong ones`;
}

export default [simulated, rotated, taken, refused];
