// npm ews-javascript-api: bind, find, sync; what it saw, as one line of JSON.
import { text } from "node:stream/consumers";
import ews from "ews-javascript-api";

const known = JSON.parse(await text(process.stdin));
const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016);
service.Url = new ews.Uri(`${known.http}/EWS/Exchange.asmx`);
service.Credentials = new ews.OAuthCredentials(known.token);

const inbox = await ews.Folder.Bind(service, ews.WellKnownFolderName.Inbox);
const view = new ews.ItemView(10);
const found = await service.FindItems(ews.WellKnownFolderName.Inbox, view);
const item = await ews.Item.Bind(service, found.Items[0].Id, new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.MimeContent, ews.ItemSchema.Subject]));
const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly);
const changes = await service.SyncFolderItems(new ews.FolderId(ews.WellKnownFolderName.Inbox), shape, null, 512, ews.SyncFolderItemsScope.NormalItems, null);
process.stdout.write(
  JSON.stringify({
    name: inbox.DisplayName,
    count: inbox.TotalCount,
    subjects: found.Items.map((one) => one.Subject),
    mime: Buffer.from(item.MimeContent.ToString(), "base64").toString(),
    changes: changes.Count,
    state: typeof changes.SyncState,
  }),
);
