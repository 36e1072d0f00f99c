// The signed URLs that Atlassian's Java made for other languages, as npm atlassian-jwt@0.1.5 ships them, and the same
// requests signed by us and read by atlassian-jwt@2.0.3.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import jwt from "atlassian-jwt";
import { Ours, target } from "../ours.mjs";
import { python3 } from "../python.mjs";

const file = new URL("../node_modules/atlassian-jwt-0/test/resources/jwt-signed-urls.json", import.meta.url);
const { secret, tests } = JSON.parse(await readFile(file, "utf8"));
const ours = new Ours("tokens");
export const stop = () => ours.stop();

const vectors = tests.map(({ name, signedUrl, canonicalUrl }) => {
  const path = target(signedUrl);
  const token = /[?&]jwt=([^&]*)/.exec(path)[1];
  const claims = jwt.decodeSymmetric(token, secret, "HS256", true);
  return { name, path, token, canonicalUrl, claims, request: { method: "GET", path } };
});

async function hashes() {
  assert.equal(vectors.length, 78);
  for (const { name, request, canonicalUrl, claims } of vectors) {
    const answer = await ours.ask({ do: "hash", request });
    assert.equal(answer.canonical, canonicalUrl, name);
    assert.equal(answer.hashes[0], claims.qsh, name);
  }
  return `our query hash is Java's for ${vectors.length} of 78 signed URLs`;
}

async function accepted() {
  for (const { name, token, request, claims } of vectors) {
    const wanted = { do: "verify", kind: "page", token, secret, request, now: claims.iat + 1 };
    const answer = await ours.ask(wanted);
    assert.equal(answer.client_key, claims.iss, `${name}: ${JSON.stringify(answer)}`);
  }
  return `our page door takes ${vectors.length} of 78 signed URLs`;
}

async function refused() {
  for (const { name, token, request, path, claims } of vectors) {
    const wanted = { do: "verify", kind: "page", token, secret, request, now: claims.iat + 1 };
    const wrong = [
      { ...wanted, secret: `${secret}x` },
      { ...wanted, now: claims.exp + 31 },
      { ...wanted, request: { method: "POST", path } },
      { ...wanted, request: { method: "GET", path: `${path}&more=1` } },
    ];
    for (const one of wrong) {
      const answer = await ours.ask(one);
      assert.ok(answer.refused, `${name}: ${JSON.stringify(one)}`);
    }
  }
  return `and refuses ${vectors.length * 4} of the same with another secret, time, method or query`;
}

/** The request of a vector without its token, and our token for it. */
async function sign({ path, claims }) {
  const request = { method: "GET", path: path.replace(/[?&]jwt=[^&]*$/, "") };
  const wanted = { do: "sign", app_key: "com.postroom.jira", client_key: claims.iss, secret, request };
  return { request, ...(await ours.ask(wanted)) };
}

async function signed() {
  for (const vector of vectors) {
    const { name, claims } = vector;
    const { request, authorization } = await sign(vector);
    const read = jwt.decodeSymmetric(authorization.slice("JWT ".length), secret, "HS256");
    assert.equal(read.iss, "com.postroom.jira", name);
    assert.equal(read.qsh, jwt.createQueryStringHash(jwt.fromMethodAndUrl("GET", request.path)), name);
    assert.equal(read.qsh, claims.qsh, name);
  }
  return `atlassian-jwt 2.0.3 reads our tokens for ${vectors.length} of the same 78 requests`;
}

async function signedForPython() {
  const lines = [];
  for (const vector of vectors) {
    const { request, authorization } = await sign(vector);
    lines.push(JSON.stringify({ path: request.path, authorization }));
  }
  const { taken, refused: wrong } = await python3("signed_urls.py", [secret], lines.join("\n"));
  assert.equal(taken, vectors.length);
  assert.equal(wrong, vectors.length * 2);
  return `PyPI atlassian-jwt 3.0.0 takes our tokens for ${taken} of 78, and refuses ${wrong} with another secret or path`;
}

export default [hashes, accepted, refused, signed, signedForPython];
