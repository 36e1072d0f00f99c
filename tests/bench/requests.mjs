// Verified panel requests: the same authenticated GET answered by Postroom and by an app of
// atlassian-connect-express 11.5.3, in turns, by the same client, the servers on one core and the client on another.
//
// Both verify a context token (HS256) of the same site and answer JSON of the same length. Postroom runs as it is
// delivered: JSON logs at level info, metrics, its worker beside it. The peer runs with NODE_ENV=production, its log
// off, and a store in memory in place of a database, which favours it.
import assert from "node:assert/strict";
import { Peer } from "../clients/peer.mjs";
import { app, control, site, told, token } from "../clients/world.mjs";
import { round, summary } from "./load.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 64);
const SERVER = ["taskset", "-c", "0"];
const CLIENT = ["taskset", "-c", "1"];

export async function requests() {
  await told("/jira/acme/install", { descriptor_url: `${app}/atlassian-connect.json` });
  const ours = { name: "Postroom", url: `${app}/api/v1/me`, token: await token("acme", { kind: "context" }) };
  const { filling, length } = await answer(ours);
  const peer = await Peer.start({ keys: `${control}/keys`, filling, before: [...SERVER, process.execPath] });
  try {
    await told("/jira/globex/install", { descriptor_url: `${peer.url}/atlassian-connect.json` });
    const theirs = {
      name: "atlassian-connect-express 11.5.3",
      url: `${peer.url}/api/me`,
      token: await token("globex", { kind: "context" }),
    };
    assert.equal((await answer(theirs)).length, length, "the two answers are not of the same length");
    return table(await rounds([ours, theirs]), length);
  } finally {
    await peer.stop();
    await told("/jira/globex/uninstall", {});
  }
}

/** The length of an answer, and the filling that makes the peer's as long. */
async function answer({ url, token: jwt }) {
  const refused = await fetch(url, { headers: { authorization: `JWT ${jwt}x` } });
  assert.ok([400, 401].includes(refused.status), `${url} takes a token that was tampered with`);
  const given = await fetch(url, { headers: { authorization: `JWT ${jwt}` } });
  const text = await given.text();
  assert.equal(given.status, 200, text);
  const { account_id } = JSON.parse(text);
  const length = Buffer.byteLength(text);
  const bare = JSON.stringify({ account_id, filling: "" }).length;
  return { length, filling: "x".repeat(Math.max(0, length - bare)) };
}

async function rounds(servers) {
  const all = servers.map((server) => ({ ...server, rounds: [] }));
  for (let n = 0; n <= ROUNDS; n += 1) {
    for (const server of all) {
      const one = await round({ ...server, seconds: SECONDS, connections: CONNECTIONS, before: CLIENT });
      // The first round warms up.
      if (n > 0) server.rounds.push(one);
      console.error(`${n === 0 ? "warm-up" : `round ${n}`}  ${server.name}: ${Math.round(one.per_second)}/s, p99 ${one.p99_ms.toFixed(2)} ms`);
    }
  }
  return all.map(({ name, rounds: measured }) => ({ name, ...summary(measured), rounds: measured }));
}

function table(servers, length) {
  const [ours, theirs] = servers;
  const number = (value) => Math.round(value).toLocaleString("en");
  return {
    title: "Verified panel requests on one core",
    columns: ["", "requests/s, median", "slowest to fastest round", "p50 ms", "p99 ms", "processor µs a request"],
    lines: servers.map((one) => [
      one.name,
      number(one.per_second),
      `${number(one.slowest)} to ${number(one.fastest)}`,
      one.p50_ms.toFixed(2),
      one.p99_ms.toFixed(2),
      one.cpu_us.toFixed(0),
    ]),
    note: `${(ours.per_second / theirs.per_second).toFixed(1)} times the requests for ${(theirs.cpu_us / ours.cpu_us).toFixed(1)} times less processor time each; ${ROUNDS} rounds of ${SECONDS} s each in turns, wrk 4.1.0 with ${CONNECTIONS} connections on another core, answers of ${length} bytes.`,
    servers,
  };
}
