// An app as its author would write it with atlassian-connect-express, on a port of its own. Its parent process tells
// it by messages what to do, and asks what it has seen.
//
//   PORT=… CONNECT_KEYS_CDN_URL=… AC_HOST_WHITELIST=localhost node app.mjs HOST_URL
import { once } from "node:events";
import ace from "atlassian-connect-express";
import bodyParser from "body-parser";
import express from "express";
import memory from "./store.mjs";

const [host] = process.argv.slice(2);
const port = Number(process.env.PORT);
const silent = { info() {}, debug() {}, warn() {}, error() {} };
const heard = [];
// It warns on the console of parameters that Jira still sends with webhooks.
console.warn = silent.warn;
if (process.env.PEER_LOG) for (const level of Object.keys(silent)) silent[level] = console.error;
process.chdir(new URL(".", import.meta.url).pathname);
ace.store.register("memory", () => memory());

const app = express();
app.set("env", "production");
const settings = {
  port,
  localBaseUrl: `http://localhost:${port}`,
  store: { adapter: "memory" },
  product: "jira",
  hosts: host ? [host] : [],
};
const addon = ace(app, { config: { production: settings, development: settings } }, silent);
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use((request, _, next) => {
  request.context ??= {};
  next();
});
app.use(addon.middleware());

const who = ({ context }, response) => response.json({ client_key: context.clientKey, account_id: context.userAccountId });
app.get("/page", addon.authenticate(), who);
app.get("/api/who", addon.checkValidToken(), who);
// As long as the answer that it is compared with, whatever that says.
app.get("/api/me", addon.checkValidToken(), (request, response) =>
  response.json({ account_id: request.context.userAccountId, filling: process.env.PEER_FILLING ?? "" }),
);
addon.on("comment_created", (event, body) => heard.push({ event, comment: body.comment?.id, issue: body.issue?.key }));

/** Calls the site as the app, with a token that atlassian-connect-express signs. */
function call(clientKey, method, url, body) {
  const client = addon.httpClient({ clientKey });
  return new Promise((resolve, reject) => {
    const options = { url, headers: { accept: "application/json" } };
    if (body) Object.assign(options, { json: body });
    client[method](options, (error, response, text) => {
      if (error) return reject(error);
      resolve({ status: response.statusCode, body: typeof text === "string" && text ? JSON.parse(text) : text });
    });
  });
}

const orders = {
  register: () => addon.register().then(() => Object.keys(addon._registrations).length),
  deregister: () => addon.deregister().then(() => Object.keys(addon._registrations).length),
  installations: () => addon.settings.getAllClientInfos(),
  install: (info) => addon.settings.saveInstallation(info, info.clientKey).then(() => true),
  heard: async () => heard,
  call: ({ clientKey, method, url, body }) => call(clientKey, method, url, body),
};
process.on("message", async ({ id, order, value }) => {
  try {
    process.send({ id, answer: await orders[order](value) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.on("disconnect", () => process.exit(0));

const server = app.listen(port, "127.0.0.1");
await once(server, "listening");
process.send?.({ ready: true });
