// How much processor time a server took: what it costs says more than its speed where others work beside it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Hundredths of a second: `getconf CLK_TCK` on Linux. */
const TICKS = 100;

/** The process that listens where this URL leads. */
export function listener(url) {
  const port = new URL(url).port;
  const line = execFileSync("ss", ["-ltnpH", `sport = :${port}`], { encoding: "utf8" });
  return Number(/pid=(\d+)/.exec(line)[1]);
}

/** Seconds that it has computed so far, in its own code and in the kernel for it (proc(5), fields 14 and 15). */
export function computed(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
