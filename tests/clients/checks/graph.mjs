// npm @microsoft/microsoft-graph-client on the simulator's Graph.
import assert from "node:assert/strict";
import { accessToken, dropMail, mails, run, somebody } from "../microsoft.mjs";
import { control, told } from "../world.mjs";

async function works() {
  const user = await somebody("graphjs");
  for (const subject of ["one", "two", "three"]) await dropMail(user, subject);
  const token = await accessToken(user, "User.Read Mail.ReadWrite Mail.Send");
  await fetch(`${control}/microsoft/discipline`, { method: "DELETE" });
  const done = await run("graph_client.mjs", { user, token });
  assert.equal(done.me, user);
  assert.deepEqual(done.first.map((page) => page.length), [2, 1]);
  assert.deepEqual(done.first.flat().sort(), ["one", "three", "two"]);
  assert.ok(done.mime.startsWith("From: Carl"), done.mime);
  assert.equal(done.second.flat().length, 1);
  assert.equal(done.throttled, 1);
  assert.deepEqual(done.gone, { status: 410, code: "syncStateNotFound" });
  assert.deepEqual((await mails(user, "sentitems")).map((mail) => mail.subject), ["by graph-client"]);
  const early = (await told("/microsoft/discipline")).requests_before_retry_after;
  assert.deepEqual(early.filter((row) => row.mailbox === user), [], "it keeps to Retry-After, and the simulator sees that");
  return "npm @microsoft/microsoft-graph-client 3.0.7: delta in 2 pages, 1 change, MIME, 429 waited for, 410, 1 sent";
}

export default [works];
