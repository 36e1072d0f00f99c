// npm atlassian-connect-express@11.5.3 as an app of the simulator's site: it installs itself the way its developers do
// (the plugin manager's REST API), takes the site's tokens, calls the site, and refuses what is forged.
import assert from "node:assert/strict";
import jwt from "atlassian-jwt";
import { Peer } from "../peer.mjs";
import { administrator, control, site, told, token, until } from "../world.mjs";

const SITE = "globex";
let peer;
let there;
export const stop = () => peer?.stop();

async function registers() {
  there = await site(SITE);
  const { email } = await administrator(SITE);
  const host = there.base_url.replace("://", `://${encodeURIComponent(email)}:token@`);
  peer = await Peer.start({ host, keys: `${control}/keys` });
  assert.equal(await peer.order("register"), 1, "it found no site that takes it");
  const [kept] = await peer.order("installations");
  there = await site(SITE);
  assert.deepEqual(
    [kept.clientKey, kept.sharedSecret, kept.baseUrl, there.app_key],
    [there.client_key, there.shared_secret, there.base_url, "com.example.peer"],
  );
  return "installs itself: 1 site, with the site's key, secret and address";
}

const get = (path, headers) => fetch(`${peer.url}${path}`, { headers });

async function takes() {
  const path = "/page?project=SUP&xdm_e=http%3A%2F%2Flocalhost&q=a%20b%2Bc*(x)";
  const page = await token(SITE, { kind: "page", path });
  const context = await token(SITE, { kind: "context" });
  const expected = { client_key: there.client_key, account_id: (await administrator(SITE)).account_id };
  const answers = [
    await get(`${path}&jwt=${page}`),
    await get(path, { authorization: `JWT ${page}` }),
    await get("/api/who?any=thing", { authorization: `JWT ${context}` }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.deepEqual(await answer.json(), expected);
  }
  return `takes the site's page token (query and header) and context token: ${answers.length} requests`;
}

async function calls() {
  const call = (method, url, body) => peer.order("call", { clientKey: there.client_key, method, url, body });
  const fields = { project: { key: "SUP" }, issuetype: { name: "Task" }, summary: "by a peer" };
  const made = await call("post", "/rest/api/3/issue", { fields });
  assert.equal(made.status, 201, JSON.stringify(made));
  const read = await call("get", `/rest/api/3/issue/${made.body.key}?fields=summary,status&expand=names`);
  assert.equal(read.status, 200, JSON.stringify(read));
  assert.equal(read.body.fields.summary, "by a peer");
  const myself = await call("get", "/rest/api/3/myself");
  assert.equal(myself.body.accountType, "app");
  return { issue: made.body.key, text: "calls the site's REST API as the app: 3 requests" };
}

async function callsAndHears() {
  const { issue, text } = await calls();
  const { account_id } = await administrator(SITE);
  const comment = await told(`/jira/${SITE}/issues/${issue}/comments`, { account_id, text: "said by a person" });
  const heard = await until("the webhook", async () => {
    const all = await peer.order("heard");
    return all.find((one) => one.comment === comment.id);
  });
  assert.equal(heard.issue, issue);
  const deliveries = await told(`/jira/${SITE}/webhooks`);
  return `${text}; takes the webhook token: ${deliveries.length} delivered`;
}

async function refuses() {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: there.client_key, sub: "somebody", iat: now, exp: now + 180, qsh: "context-qsh" };
  const forged = (more, secret, algorithm = "HS256") => jwt.encodeSymmetric({ ...claims, ...more }, secret, algorithm);
  const page = await token(SITE, { kind: "page", path: "/page" });
  const wrong = [
    ["/api/who", forged({}, "another secret")],
    ["/api/who", forged({}, there.shared_secret, "HS384")],
    ["/api/who", forged({ exp: now - 1 }, there.shared_secret)],
    ["/api/who", forged({ iss: "another site" }, there.shared_secret)],
    ["/page", forged({}, there.shared_secret)],
    ["/page?other=query", page],
  ];
  for (const [path, one] of wrong) {
    const answer = await get(path, { authorization: `JWT ${one}` });
    assert.ok([400, 401].includes(answer.status), `${path} was answered ${answer.status}`);
  }
  const body = JSON.stringify({ clientKey: there.client_key, baseUrl: there.base_url, sharedSecret: "stolen" });
  const headers = { "content-type": "application/json", authorization: `JWT ${forged({}, there.shared_secret)}` };
  const install = await fetch(`${peer.url}/installed`, { method: "POST", headers, body });
  assert.equal(install.status, 401);
  const [kept] = await peer.order("installations");
  assert.equal(kept.sharedSecret, there.shared_secret);
  return `refuses ${wrong.length + 1} forged requests, among them an install that is not signed by the key server's key`;
}

async function deregisters() {
  assert.equal(await peer.order("deregister"), 0);
  assert.equal((await site(SITE)).app_key, null);
  return "uninstalls itself: 0 apps are left";
}

export default [registers, takes, callsAndHears, refuses, deregisters];
