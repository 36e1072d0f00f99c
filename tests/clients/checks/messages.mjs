// Every message that the simulator's Graph returns, held against Microsoft's metadata (CSDL).
import assert from "node:assert/strict";
import { accessToken, run, somebody } from "../microsoft.mjs";

async function fit() {
  if (!process.env.POSTROOM_SPECS) return "skipped: POSTROOM_SPECS names no folder of specifications";
  const user = await somebody("messages");
  const done = await run("messages.py", { user, token: await accessToken(user, "User.Read Mail.ReadWrite Mail.Send") });
  assert.deepEqual(done.wrong, []);
  assert.equal(done.blunt, 3, "the checker sees nothing");
  return `${done.checked} messages, folders and others pass the metadata of Graph v1.0`;
}

export default [fit];
