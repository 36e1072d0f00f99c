// PyPI msal against the login host: sign-in, refresh, certificates, a revoked grant.
import assert from "node:assert/strict";
import { run, somebody } from "../microsoft.mjs";

async function signsIn() {
  const user = await somebody("msal");
  const done = await run("msal_client.py", { user });
  assert.ok(done.scope.includes("https://graph.microsoft.com/Mail.ReadWrite"), done.scope);
  assert.equal(done.username, user);
  assert.ok(done.refreshed && done.verified, JSON.stringify(done));
  assert.deepEqual(done.proven, [true, true]);
  assert.deepEqual(done.forged, [700027]);
  assert.deepEqual(done.refused, { error: "invalid_grant", error_codes: [50173], suberror: "bad_token" });
  const counted = done.refreshes.find((row) => row.user === user);
  assert.equal(counted.with_an_older_token, 0, JSON.stringify(counted));
  return "PyPI msal 1.39.0: code with PKCE, 1 refresh, PS256 and RS256 assertions, 1 forged and 1 revoked grant refused";
}

export default [signsIn];
