// npm ews-javascript-api on the simulator's EWS.
import assert from "node:assert/strict";
import { accessToken, dropMail, run, somebody } from "../microsoft.mjs";

const SCOPE = "offline_access https://outlook.office365.com/EWS.AccessAsUser.All";

async function works() {
  const user = await somebody("ewsjs");
  for (const subject of ["one", "two"]) await dropMail(user, subject);
  const done = await run("ews_client.mjs", { user, token: await accessToken(user, SCOPE) });
  assert.equal(done.name, "Inbox");
  assert.equal(done.count, 2);
  assert.deepEqual(done.subjects.sort(), ["one", "two"]);
  assert.ok(done.mime.includes("Subject: "), done.mime);
  assert.deepEqual([done.changes, done.state], [2, "string"]);
  return "npm ews-javascript-api 0.15.3: bound 1 folder, found 2, read 1 as MIME, synchronised 2";
}

export default [works];
