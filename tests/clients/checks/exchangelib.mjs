// PyPI exchangelib on the simulator's EWS.
import assert from "node:assert/strict";
import { accessToken, dropMail, mails, run, somebody } from "../microsoft.mjs";

const SCOPE = "offline_access https://outlook.office365.com/EWS.AccessAsUser.All";

async function works() {
  const user = await somebody("exchangelib");
  for (const subject of ["one", "two", "three"]) await dropMail(user, subject);
  const done = await run("exchangelib_client.py", { user, token: await accessToken(user, SCOPE) });
  assert.deepEqual(done.subjects, ["one", "three", "two"]);
  assert.ok(done.mime.includes("Subject: two"), done.mime);
  assert.deepEqual(done.synced, ["create", "create", "create"]);
  assert.deepEqual(done.later, ["delete", "read_flag_change"]);
  assert.equal(done.busy, 297.749);
  assert.equal(done.refused, 401);
  assert.deepEqual((await mails(user, "deleteditems")).map((mail) => mail.subject), ["one"]);
  assert.deepEqual((await mails(user, "sentitems")).map((mail) => mail.subject), ["by exchangelib"]);
  return "PyPI exchangelib 5.6.0: 3 found, 1 as MIME, 5 changes synchronised, 1 moved, 1 sent, busy for 297.749 s, 401";
}

export default [works];
