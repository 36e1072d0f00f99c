// One round of load on one URL by Debian's wrk, and what many rounds say together.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { computed, listener } from "./processor.mjs";

const script = fileURLToPath(new URL("report.lua", import.meta.url));

/** `before` is what the client is started with, to pin it to a core. */
export async function round({ url, token, seconds, connections, before }) {
  const wrk = ["wrk", "-t1", `-c${connections}`, `-d${seconds}s`, "-s", script, "-H", `Authorization: JWT ${token}`, url];
  const [program, ...args] = [...before, ...wrk];
  const server = listener(url);
  const before_it = computed(server);
  const { stdout } = await promisify(execFile)(program, args);
  const computing = computed(server) - before_it;
  const said = JSON.parse(stdout.trim().split("\n").at(-1));
  if (said.refused + said.broken > 0) throw new Error(`${url}: ${said.refused} refused, ${said.broken} broken off`);
  const cpu_us = (computing / said.requests) * 1e6;
  return { per_second: said.requests / said.seconds, cpu_us, p50_ms: said.p50 / 1000, p99_ms: said.p99 / 1000 };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of each figure, and the slowest and the fastest round. */
export function summary(rounds) {
  const of = (figure) => rounds.map((one) => one[figure]);
  const speeds = of("per_second");
  return {
    per_second: median(speeds),
    slowest: Math.min(...speeds),
    fastest: Math.max(...speeds),
    p50_ms: median(of("p50_ms")),
    p99_ms: median(of("p99_ms")),
    cpu_us: median(of("cpu_us")),
  };
}
