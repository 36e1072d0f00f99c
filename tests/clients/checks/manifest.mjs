// deploy/forge/manifest.yml against the schema of npm @forge/manifest@13.7.0, and what that schema does not look at:
// the events, the scopes they need, the lengths of keys and where the endpoints lead.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import { parse } from "yaml";

const read = async (path) => readFile(new URL(path, import.meta.url), "utf8");
const schema = JSON.parse(await read("../node_modules/@forge/manifest/out/schema/manifest-schema.json"));
const { mapping } = JSON.parse(await read("../node_modules/@forge/manifest/out/mapping/product-event-to-scope-mapping.json"));
const valid = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false }).compile(schema);
let manifest;

async function passes() {
  manifest = parse(await read("../../../deploy/forge/manifest.yml"));
  assert.ok(valid(manifest), JSON.stringify(valid.errors?.slice(0, 5), null, 2));
  const modules = Object.values(manifest.modules).flat().length;
  return `deploy/forge/manifest.yml passes the schema of @forge/manifest 13.7.0: ${modules} modules`;
}

const productEvents = ({ modules }) =>
  modules.trigger.flatMap((trigger) => trigger.events).filter((event) => !event.startsWith("avi:forge:"));

/** The events that no scope covers, with what would cover them. */
function uncovered(one) {
  const asked = new Set(one.permissions.scopes.map((scope) => scope.name ?? scope));
  return productEvents(one).flatMap((event) => {
    const scopes = mapping.find((one) => one.productEvent === event)?.oAuthScopes;
    if (!scopes) return [`${event} is no event`];
    const enough = Object.values(scopes).some((some) => some.length > 0 && some.every((scope) => asked.has(scope)));
    return enough ? [] : [`${event} needs ${scopes.current.join(", ")}`];
  });
}

/** Keys longer than Forge takes, and endpoints that name no remote of ours. */
function misnamed({ modules, remotes }) {
  const known = new Set(remotes.map((remote) => remote.key));
  const keys = [...modules.endpoint, ...remotes].map((one) => one.key).filter((key) => key.length > 23);
  const lost = modules.endpoint.filter((endpoint) => !known.has(endpoint.remote)).map((endpoint) => endpoint.key);
  return [...keys, ...lost];
}

async function covered() {
  assert.deepEqual(uncovered(manifest), []);
  assert.deepEqual(misnamed(manifest), []);
  const events = productEvents(manifest);
  return `${events.length} product events are covered by ${manifest.permissions.scopes.length} scopes, ${manifest.modules.endpoint.length} endpoints lead to a remote`;
}

const BREAKS = [
  ["no app", (one) => delete one.app],
  ["a key that there is not at the top", (one) => (one.mailboxes = [])],
  ["a remote whose key is too long", (one) => (one.remotes[0].key = "a".repeat(24))],
  ["an endpoint without a remote", (one) => delete one.modules.endpoint[0].remote],
  ["a trigger that leads nowhere", (one) => delete one.modules.trigger[0].endpoint],
  ["an interval that there is not", (one) => (one.modules.scheduledTrigger[0].interval = "fortnight")],
  ["an admin page without a title", (one) => delete one.modules["jira:adminPage"][0].title],
  ["a remote that does what there is not", (one) => one.remotes[0].operations.push("mail")],
];

async function broken() {
  for (const [what, change] of BREAKS) {
    const one = structuredClone(manifest);
    change(one);
    assert.equal(valid(one), false, `a manifest with ${what} passed`);
  }
  const scopeless = structuredClone(manifest);
  scopeless.permissions.scopes = [];
  assert.ok(uncovered(scopeless).length > 0);
  const strange = structuredClone(manifest);
  strange.modules.trigger[0].events.push("avi:jira:exploded:issue");
  assert.ok(uncovered(strange).length > 0);
  const long = structuredClone(manifest);
  long.modules.endpoint[0].key = "a".repeat(24);
  assert.ok(misnamed(long).length > 0);
  return `and ${BREAKS.length + 3} manifests broken in one place each are refused`;
}

export default [passes, covered, broken];
