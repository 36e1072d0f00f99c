// The app of peer/app.mjs as a process of its own, with its orders as functions.
import { fork } from "node:child_process";
import { createServer } from "node:net";

export class Peer {
  #process;
  #waiting = new Map();
  #next = 0;

  /** Starts it; `host` is the site that it registers itself with, with a user name and password in the URL. */
  static async start({ host, keys, filling = "", before = [] }) {
    const peer = new Peer();
    const port = await freePort();
    peer.url = `http://localhost:${port}`;
    const [execPath = process.execPath, ...execArgv] = before;
    peer.#process = fork(new URL("peer/app.mjs", import.meta.url), host ? [host] : [], {
      execPath,
      execArgv,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        PORT: String(port),
        PEER_FILLING: filling,
        PEER_LOG: process.env.PEER_LOG ?? "",
        AC_HOST_WHITELIST: "localhost",
        AC_LOCAL_BASE_URL: peer.url,
        CONNECT_KEYS_CDN_URL: keys ?? "",
      },
    });
    peer.pid = peer.#process.pid;
    await new Promise((resolve, reject) => {
      peer.#process.once("message", resolve);
      peer.#process.once("exit", (code) => reject(new Error(`the peer ended with status ${code}`)));
    });
    peer.#process.on("message", ({ id, answer, error }) => {
      const { resolve, reject } = peer.#waiting.get(id);
      peer.#waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(answer);
    });
    return peer;
  }

  order(order, value) {
    const id = this.#next++;
    this.#process.send({ id, order, value });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async stop() {
    this.#process.removeAllListeners("exit");
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.disconnect();
    await ended;
  }
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
