// The rows of `make bench`, measured on the machine that runs it: `make bench`, or `make bench ONLY=requests`.
// Nothing here is asserted; the table goes to standard output, everything measured to var/bench.json.
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";

const rows = {
  requests: async () => (await import("./requests.mjs")).requests(),
  tokens: async () => (await import("./tokens.mjs")).tokens(),
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in rows));
if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(", ")}; there are ${Object.keys(rows).join(", ")}.`);
  process.exit(2);
}

const [{ model }] = cpus();
const machine = { cpu: model, cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), linux: release(), node: process.version };
const measured = { machine, rows: {} };
for (const name of asked.length > 0 ? asked : Object.keys(rows)) measured.rows[name] = await rows[name]();

console.log(`\n${model}, ${machine.cores} cores, Linux ${machine.linux}, Node ${machine.node}`);
for (const { title, columns, lines, note } of Object.values(measured.rows)) {
  console.log(`\n${title}\n`);
  for (const row of [columns, columns.map(() => "---"), ...lines]) console.log(`| ${row.join(" | ")} |`);
  console.log(`\n${note}`);
}
const folder = new URL("../../var/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("bench.json", folder), `${JSON.stringify(measured, null, 2)}\n`);
