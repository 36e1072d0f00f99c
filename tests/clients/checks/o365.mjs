// PyPI O365 on the simulator's Graph: it lists, reads MIME, marks read and sends.
import assert from "node:assert/strict";
import { dropMail, mails, run, somebody } from "../microsoft.mjs";

async function works() {
  const user = await somebody("o365");
  for (const subject of ["one", "two", "three"]) await dropMail(user, subject);
  const done = await run("o365_client.py", { user });
  assert.deepEqual(done.subjects, ["one", "three", "two"]);
  assert.ok(done.mime.includes(`Subject: ${done.first}`), done.mime);
  assert.deepEqual(done.drafts, [false, false, false]);
  assert.equal(done.sent, true);
  const read = (await mails(user, "inbox")).filter((mail) => mail.is_read);
  assert.deepEqual(read.map((mail) => mail.subject), [done.first]);
  assert.ok((await mails("carl@customer.example", "inbox")).some((mail) => mail.subject === "by O365"));
  assert.equal((await mails(user, "sentitems")).length, 1);
  return "PyPI O365 2.1.10: 3 listed, 1 read as MIME, 1 marked read, 1 sent";
}

export default [works];
