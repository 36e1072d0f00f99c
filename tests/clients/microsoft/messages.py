"""Every message that the simulator returns, held against Graph's own metadata; what is wrong, as one line of JSON.

The specifications are in the folder that POSTROOM_SPECS names.
"""

import base64
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["POSTROOM_SPECS"]) / "graph"))

import requests  # noqa: E402
from check import check  # noqa: E402
from person import control, world  # noqa: E402

SEEN = {"checked": 0, "wrong": []}
MAILS = Path(__file__).parents[2] / "mails"


def graph(method: str, path: str, **more: object) -> dict:
    known = world()
    headers = {"authorization": f"Bearer {known['token']}", **more.pop("headers", {})}
    url = path if path.startswith("http") else f"{known['http']}/v1.0{path}"
    answer = requests.request(method, url, headers=headers, timeout=60, **more)
    answer.raise_for_status()
    return answer.json() if answer.content else {}


def hold(value: object, kind: str = "graph.message") -> object:
    """Checks one value; its annotations are OData's, not the type's."""
    SEEN["checked"] += 1
    SEEN["wrong"] += [f"{kind}: {problem}" for problem in check(value, kind)]
    return value


def listed(path: str, kind: str = "graph.message", **more: object) -> list:
    items = []
    while path:
        page = graph("GET", path, **more)
        items += [hold(one, kind) for one in page["value"]]
        path = page.get("@odata.nextLink")
    return items


def filled(user: str) -> None:
    raws = [path.read_bytes() for path in sorted(MAILS.glob("*.eml"))]
    raws += [b"Subject: no more than that\r\n\r\n", b"", b"\x00\xff\xfe no message at all", b"From: x\r\nTo: <>\r\n\r\nx"]
    for raw in raws:
        url = f"{world()['control']}/microsoft/mailboxes/{user}/mails"
        requests.post(url, data=raw, timeout=30).raise_for_status()


def main() -> None:
    user = world()["user"]
    filled(user)
    every = "$select=internetMessageHeaders,uniqueBody,body,subject,from,sender,toRecipients,flag,isRead,isDraft"
    immutable = {"prefer": 'IdType="ImmutableId", outlook.body-content-type="text"'}
    hold(graph("GET", "/me"), "graph.user")
    listed("/me/mailFolders", "graph.mailFolder")
    for one in listed("/me/messages?$expand=attachments"):
        hold(graph("GET", f"/me/messages/{one['id']}"))
        hold(graph("GET", f"/me/messages/{one['id']}?{every}", headers=immutable))
        hold(graph("PATCH", f"/me/messages/{one['id']}", json={"isRead": True, "categories": ["Postroom"]}))
        listed(f"/me/messages/{one['id']}/attachments", "graph.attachment")
    listed("/me/mailFolders/inbox/messages/delta", headers={"prefer": "odata.maxpagesize=3"})
    mime = base64.b64encode(b"To: carl@customer.example\r\nSubject: draft\r\n\r\nx\r\n")
    draft = hold(graph("POST", "/me/messages", data=mime, headers={"content-type": "text/plain"}))
    hold(graph("POST", "/me/messages", json={"subject": "a draft", "body": {"contentType": "html", "content": "<p>"}}))
    item = {"attachmentType": "file", "name": "x", "size": 4 << 20}
    session = graph("POST", f"/me/messages/{draft['id']}/attachments/createUploadSession", json={"AttachmentItem": item})
    hold(session, "graph.uploadSession")
    graph("POST", f"/me/messages/{draft['id']}/send")
    listed("/me/mailFolders/sentitems/messages")
    first = graph("GET", "/me/messages?$top=1")["value"][0]
    hold(graph("POST", f"/me/messages/{first['id']}/move", json={"destinationId": "archive"}))
    # What passes only because nobody looked would pass like this, too.
    blunt = check({"id": 1, "isRead": "yes", "nope": 1}, "graph.message")
    print(json.dumps({**SEEN, "blunt": len(blunt)}))


if __name__ == "__main__":
    main()
