// Invocation tokens (RS256, 2048 bits) verified in a second by our Forge door and by npm jose, in turns, each on the
// same core with its key at hand.
import { fork } from "node:child_process";
import { once } from "node:events";
import { API, APP_ID, KeySet, mint } from "../clients/forge.mjs";
import { Ours } from "../clients/ours.mjs";
import { summary } from "./load.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const SERVER = ["taskset", "-c", "0"];

export async function tokens() {
  const set = await KeySet.start("key-1");
  const token = await mint(set, "key-1", { exp: Math.floor(Date.now() / 1000) + 3600 });
  const ours = new Ours("invocations", SERVER);
  const peer = fork(new URL("jose.mjs", import.meta.url), [set.url, APP_ID], {
    execPath: SERVER[0],
    execArgv: [...SERVER.slice(1), process.execPath],
  });
  try {
    await ours.ask({ do: "open", jwks_url: set.url, app_id: APP_ID, environment: "PRODUCTION", api_base: API, sites: "https://*.atlassian.net" });
    const measured = [
      { name: "Postroom", measure: () => ours.ask({ do: "repeat", token, seconds: SECONDS }), rounds: [] },
      { name: "npm jose 6.2.18", measure: () => asked(peer, { token, seconds: SECONDS }), rounds: [] },
    ];
    for (let n = 0; n <= ROUNDS; n += 1) {
      for (const one of measured) {
        const { verified, seconds } = await one.measure();
        if (n > 0) one.rounds.push({ per_second: verified / seconds });
        console.error(`${n === 0 ? "warm-up" : `round ${n}`}  ${one.name}: ${Math.round(verified / seconds)}/s`);
      }
    }
    return table(measured.map(({ name, rounds }) => ({ name, ...summary(rounds), rounds })));
  } finally {
    ours.stop();
    peer.disconnect();
    set.stop();
  }
}

async function asked(peer, wanted) {
  peer.send(wanted);
  const [answer] = await once(peer, "message");
  return answer;
}

function table(rows) {
  const [ours, theirs] = rows;
  const number = (value) => Math.round(value).toLocaleString("en");
  return {
    title: "Invocation tokens (RS256) verified on one core",
    columns: ["", "a second, median", "slowest to fastest round"],
    lines: rows.map((one) => [one.name, number(one.per_second), `${number(one.slowest)} to ${number(one.fastest)}`]),
    note: `${(ours.per_second / theirs.per_second).toFixed(1)} times as many; ${ROUNDS} rounds of ${SECONDS} s each in turns.`,
    rows,
  };
}
