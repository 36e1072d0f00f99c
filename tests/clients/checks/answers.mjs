// Known answers of the query string hash, both ways: what we hash, and what we accept from atlassian-jwt@2.0.3.
import assert from "node:assert/strict";
import jwt from "atlassian-jwt";
import { Ours } from "../ours.mjs";

// One line each: the hash, the canonical form, and every request (METHOD target [base]) that must have it.
const KNOWN = [
  ["c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239", "GET&/&", "GET ", "GET /"],
  ["799be84a7fa35570087163c0cd9af3abff7ac05c2c12ba0bb1d7eebc984b3ac2", "GET&/path&", "GET /path", "GET /path/"],
  ["2256d28192e6070afbf3e71f5f50898ebcd8860573bd85db12fc7cdb8a0144e8", "GET&/a&a=2&b=1", "get /a?b=1&a=2"],
  ["3214ee589519621b1da80f0661e35879c2f3c1660cc17fb6900d2937884e3f60", "GET&/a&x=A,a,b", "GET /a?x=b&x=a&x=A"],
  ["2dfdcb2e01193a60f84eefe8446986d0bef775f09fc0c8893d7510007ed97fda", "GET&/a&x=", "GET /a?x", "GET /a?x="],
  ["5fd4fbe994fb28aa5e6bb481aa16421686012304a0e7e045c5b8368b0f954984", "GET&/a&x=1%2C2", "GET /a?x=1,2", "GET /a?x=1%2C2"],
  ["d1a4cbf0d7d584017cac1b91320a81026210f45be56d7683d2c9bae7d1c0c659", "GET&/a&x=a%20b", "GET /a?x=a+b", "GET /a?x=a%20b"],
  ["1aadc91674a61f506079ec26b2890cf769af91ab2cbd284e806137479f91358a", "GET&/a&x=%2A~%21%27%28%29", "GET /a?x=*~!%27()"],
  ["ab9f3f9613737b80010bf85d699eb300cd7cbfa837182e011b0a224da3ff9c92", "GET&/a&x=1", "GET /a?jwt=zz&x=1"],
  ["06ded36e6f2dd7a0f96d77cb9dca5e4a43439c79ab45a700b6d25bd9d3eb5c0f", "GET&/a%26b&", "GET /a&b"],
  ["39648c562052cbdc29b8700b3e258445c495eec56aea228e481412f4dd2abd42", "GET&/a&X=2&x=1", "GET /a?x=1&X=2"],
  ["4a2e1de8ca74e6cafe8862d332fa3ac7a8e51e692bc6d798ea4dfedc14948bf4", "POST&/installed&", "POST /jira/installed /jira"],
];
const SECRET = "a secret of this check";
const ours = new Ours("tokens");
export const stop = () => ours.stop();

const requests = KNOWN.flatMap(([hash, canonical, ...written]) =>
  written.map((one) => {
    const [method, path, base_path = ""] = one.split(" ");
    return { hash, canonical, request: { method, path, base_path } };
  }),
);

async function hashed() {
  for (const { hash, canonical, request } of requests) {
    const answer = await ours.ask({ do: "hash", request });
    assert.equal(answer.canonical, canonical);
    assert.ok(answer.hashes.includes(hash), canonical);
  }
  return `${KNOWN.length} of 12 known query hashes, asked in ${requests.length} ways`;
}

async function bothWays() {
  for (const { hash, request } of requests) {
    const theirs = jwt.fromMethodAndUrl(request.method, request.path);
    const qsh = jwt.createQueryStringHash(theirs, false, request.base_path);
    assert.equal(qsh, hash, JSON.stringify(request));
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: "site", iat: now, exp: now + 60, qsh };
    const token = jwt.encodeSymmetric(claims, SECRET, "HS256");
    const taken = await ours.ask({ do: "verify", kind: "page", token, secret: SECRET, request });
    assert.equal(taken.client_key, "site", JSON.stringify([request, taken]));
    const { authorization } = await ours.ask({ do: "sign", app_key: "app", client_key: "site", secret: SECRET, request });
    const read = jwt.decodeSymmetric(authorization.slice("JWT ".length), SECRET, "HS256");
    assert.equal(read.qsh, qsh, JSON.stringify(request));
  }
  return `${requests.length} tokens of atlassian-jwt 2.0.3 for them taken by us, and ${requests.length} of ours read by it`;
}

export default [hashed, bothWays];
