// Where the demo says everything is, and the simulator's control API.
import assert from "node:assert/strict";

export const app = process.env.POSTROOM_DEMO_APP;
export const control = process.env.POSTROOM_DEMO_CONTROL;
if (!app || !control) throw new Error("there is no demo beside this: run it by `make clients`");

/** Asks or tells the control API; without `body` it is a GET. */
export async function told(path, body) {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`${control}${path}`, body === undefined ? {} : post);
  const text = await answer.text();
  assert.ok(answer.ok, `${path} was answered ${answer.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

export const site = (name) => told(`/jira/${name}`);

/** A token with which the site vouches for its first administrator. */
export async function token(name, wanted) {
  const account_id = (await administrator(name)).account_id;
  return (await told(`/jira/${name}/token`, { account_id, ...wanted })).jwt;
}

export async function administrator(name) {
  return (await site(name)).users.find((user) => user.admin && user.account_type !== "app");
}

/** Looks again until there is something, and says what was awaited when there never is. */
export async function until(what, look) {
  const begun = Date.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() - begun < 20_000, `${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
