// npm @microsoft/microsoft-graph-client: delta in pages, MIME, 410 and 429; what it saw, as one line of JSON.
import { Client } from "@microsoft/microsoft-graph-client";
import { text } from "node:stream/consumers";

const known = JSON.parse(await text(process.stdin));
const { hostname } = new URL(known.tls);
const client = Client.init({
  baseUrl: `${known.tls}/`,
  customHosts: new Set([hostname]),
  authProvider: (done) => done(null, known.token),
});

async function tell(path, body) {
  const answer = await fetch(`${known.control}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function round(link) {
  const pages = [];
  let page = await client.api(link).header("Prefer", 'odata.maxpagesize=2, IdType="ImmutableId"').get();
  for (;;) {
    pages.push(page.value.map((one) => one.subject ?? one["@removed"]?.reason));
    if (!page["@odata.nextLink"]) return { pages, deltaLink: page["@odata.deltaLink"] };
    page = await client.api(page["@odata.nextLink"]).header("Prefer", 'odata.maxpagesize=2, IdType="ImmutableId"').get();
  }
}

const me = await client.api("/me").get();
const first = await round("/me/mailFolders/inbox/messages/delta?$select=subject,isRead");
const { value } = await client.api("/me/messages").top(1).get();
const mime = await text(await client.api(`/me/messages/${value[0].id}/$value`).getStream());
await client.api(`/me/messages/${value[0].id}`).patch({ isRead: true });
const second = await round(first.deltaLink);
await tell("/microsoft/faults", { host: "graph", match: "/me/messages", status: 429, headers: { "Retry-After": "1" } });
const throttled = await client.api("/me/messages").top(1).get();
await tell(`/microsoft/mailboxes/${known.user}/expire-delta`, {});
const gone = await round(second.deltaLink).then(
  () => null,
  (error) => ({ status: error.statusCode, code: error.code }),
);
await client.api("/me/sendMail").post({
  message: { subject: "by graph-client", body: { contentType: "text", content: "Hello" }, toRecipients: [{ emailAddress: { address: "carl@customer.example" } }] },
});
process.stdout.write(JSON.stringify({ me: me.userPrincipalName, first: first.pages, mime, second: second.pages, throttled: throttled.value.length, gone }));
