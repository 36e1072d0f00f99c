// Tokens of ours and of npm atlassian-jwt@2.0.3, each read by the other; what one must refuse, both refuse.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import jwt from "atlassian-jwt";
import { Ours } from "../ours.mjs";

const SECRET = "7c0e5e3b-a secret of this check";
const request = { method: "GET", path: "/panel?xdm_e=http%3A%2F%2Flocalhost%3A7100&project=SUP" };
const qsh = jwt.createQueryStringHash(jwt.fromMethodAndUrl(request.method, request.path));
const ours = new Ours("tokens");
export const stop = () => ours.stop();

const now = () => Math.floor(Date.now() / 1000);
const claims = (more) => ({ iss: "site", sub: "account-1", iat: now(), exp: now() + 180, qsh, ...more });
const sign = (more, secret = SECRET, algorithm = "HS256") => jwt.encodeSymmetric(claims(more), secret, algorithm);
const verify = (kind, token) => ours.ask({ do: "verify", kind, token, secret: SECRET, request });

function byHand(header, more, secret = SECRET) {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const head = `${part(header)}.${part(claims(more))}`;
  return `${head}.${secret ? createHmac("sha256", secret).update(head).digest("base64url") : ""}`;
}

async function theirs() {
  const good = [
    ["page", {}],
    ["page", { sub: undefined }],
    ["page", { aud: ["https://postroom.example.com"] }],
    ["page", { context: { user: { accountId: "account-1" } } }],
    ["webhook", {}],
    ["context", { qsh: "context-qsh" }],
  ];
  for (const [kind, more] of good) {
    const answer = await verify(kind, sign(more));
    assert.equal(answer.client_key, "site", `${kind} ${JSON.stringify(more)}: ${JSON.stringify(answer)}`);
  }
  return `${good.length} kinds of token made by atlassian-jwt 2.0.3 taken by our doors`;
}

async function refusedByUs() {
  const wrong = [
    ["another secret", "page", sign({}, "another")],
    ["HS384", "page", sign({}, SECRET, "HS384")],
    ["HS512", "page", sign({}, SECRET, "HS512")],
    ["none", "page", byHand({ alg: "none", typ: "JWT" }, {}, null)],
    ["none, signed", "page", byHand({ alg: "none", typ: "JWT" }, {})],
    ["expired", "page", sign({ exp: now() - 60 })],
    ["from the future", "page", sign({ iat: now() + 120, exp: now() + 300 })],
    ["no expiry", "page", sign({ exp: undefined })],
    ["no hash", "page", sign({ qsh: undefined })],
    ["the hash of another request", "page", sign({ qsh: "0".repeat(64) })],
    ["context-qsh at a page", "page", sign({ qsh: "context-qsh" })],
    ["context-qsh at a webhook", "webhook", sign({ qsh: "context-qsh" })],
    ["a page's hash at the panel's door", "context", sign({})],
    ["nobody at the panel's door", "context", sign({ qsh: "context-qsh", sub: undefined })],
    ["a changed payload", "page", changed(sign({}))],
  ];
  for (const [name, kind, token] of wrong) {
    const answer = await verify(kind, token);
    assert.ok(answer.refused, `${name}: ${JSON.stringify(answer)}`);
  }
  return `${wrong.length} wrong tokens refused by our doors`;
}

function changed(token) {
  const [header, , signature] = token.split(".");
  const payload = Buffer.from(JSON.stringify(claims({ sub: "account-2" }))).toString("base64url");
  return `${header}.${payload}.${signature}`;
}

async function ourToken() {
  const { authorization } = await ours.ask({ do: "sign", app_key: "app", client_key: "site", secret: SECRET, request });
  const [scheme, token] = authorization.split(" ");
  assert.equal(scheme, "JWT");
  return token;
}

async function oursReadByThem() {
  const token = await ourToken();
  const read = jwt.decodeSymmetric(token, SECRET, "HS256");
  assert.deepEqual([read.iss, read.aud, read.qsh], ["app", ["site"], qsh]);
  assert.ok(read.exp - read.iat <= 180 && read.exp > now());
  assert.equal(jwt.getAlgorithm(token), "HS256");
  return "our token to Jira read by atlassian-jwt 2.0.3: 5 claims and its algorithm";
}

async function oursRefusedByThem() {
  const token = await ourToken();
  const wrong = [
    () => jwt.decodeSymmetric(token, "another", "HS256"),
    () => jwt.decodeSymmetric(token, SECRET, "HS384"),
    () => jwt.decodeSymmetric(changed(token), SECRET, "HS256"),
    () => jwt.decodeAsymmetric(token, SECRET, "RS256"),
  ];
  for (const read of wrong) assert.throws(read);
  return `${wrong.length} wrong readings of it refused by atlassian-jwt 2.0.3`;
}

export default [theirs, refusedByUs, oursReadByThem, oursRefusedByThem];
