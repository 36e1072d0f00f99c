// The descriptor that a running Postroom serves, against Atlassian's schema for Jira, as npm
// atlassian-connect-express@7.4.0 ships it. That copy is older than signed installs: it knows one `apiMigrations`
// only, so this one property is relaxed, in memory.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import Ajv from "ajv-draft-04";
import { app } from "../world.mjs";

const file = new URL("../node_modules/atlassian-connect-express-7/test/jira-global-schema.json", import.meta.url);
const schema = JSON.parse(await readFile(file, "utf8"));
schema.properties.apiMigrations = { type: "object", additionalProperties: { type: "boolean" } };
const valid = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
let descriptor;

async function passes() {
  const answer = await fetch(`${app}/atlassian-connect.json`);
  assert.equal(answer.status, 200);
  descriptor = await answer.json();
  assert.ok(valid(descriptor), JSON.stringify(valid.errors, null, 2));
  assert.equal(descriptor.baseUrl, app);
  const modules = Object.values(descriptor.modules).flat().length;
  return `the descriptor of ${app} passes Atlassian's schema: ${modules} modules`;
}

/** What a broken descriptor looks like: each must be refused, or the schema says nothing. */
const BREAKS = [
  ["no key", (one) => delete one.key],
  ["a key with a space", (one) => (one.key = "com postroom")],
  ["no base URL", (one) => delete one.baseUrl],
  ["a base URL that is none", (one) => (one.baseUrl = "postroom.example.com")],
  ["no authentication", (one) => delete one.authentication],
  ["an authentication that there is not", (one) => (one.authentication.type = "trust")],
  ["a scope that there is not", (one) => one.scopes.push("EVERYTHING")],
  ["a webhook without a URL", (one) => delete one.modules.webhooks[0].url],
  ["a page without a name", (one) => delete one.modules.adminPages[0].name],
  ["a page whose key has a slash", (one) => (one.modules.adminPages[0].key = "a/b")],
  ["an entity property of nothing", (one) => (one.modules.jiraEntityProperties[0].entityType = "mailbox")],
  ["a lifecycle URL that is a number", (one) => (one.lifecycle.installed = 7)],
];

async function broken() {
  for (const [what, change] of BREAKS) {
    const one = structuredClone(descriptor);
    change(one);
    assert.equal(valid(one), false, `a descriptor with ${what} passed`);
  }
  return `and ${BREAKS.length} descriptors broken in one place each are refused`;
}

export default [passes, broken];
