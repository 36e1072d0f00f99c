// Runs other people's clients against Postroom and its simulators: `make clients`, or `make clients ONLY=tokens`.
// Each check says in one line what it counted; one that fails says why, and the run ends with status 1.
import { readdir } from "node:fs/promises";

const folder = new URL("checks/", import.meta.url);
const known = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  process.exit(2);
}

const stops = [];
let passed = 0;
let failed = 0;
for (const name of asked.length > 0 ? asked : known.sort()) {
  const { default: steps, stop } = await import(new URL(`${name}.mjs`, folder));
  if (stop) stops.push(stop);
  for (const step of steps) {
    try {
      console.log(`ok      ${name}: ${await step()}`);
      passed += 1;
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}: ${step.name}: ${error.stack ?? error}`);
    }
  }
}
for (const stop of stops) await stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
