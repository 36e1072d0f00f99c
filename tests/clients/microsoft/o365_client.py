"""PyPI `O365`: lists, reads MIME, marks read, sends; what it saw, as one line of JSON."""

import json

import msal
from O365 import Account, MSGraphProtocol
from O365.utils.token import MemoryTokenBackend
from person import sign_in, world


class LocalGraph(MSGraphProtocol):
    _protocol_url = ""


def account() -> Account:
    known = world()
    LocalGraph._protocol_url = known["tls"] + "/"
    made = Account(
        (known["client_id"], known["client_secret"]),
        protocol=LocalGraph(),
        auth_flow_type="authorization",
        tenant_id="common",
        token_backend=MemoryTokenBackend(),
        verify_ssl=known["ca"],
    )
    made.con._msal_client = msal.ConfidentialClientApplication(
        known["client_id"],
        client_credential=known["client_secret"],
        authority=known["tls"] + "/common",
        instance_discovery=False,
        verify=known["ca"],
        token_cache=made.con.token_backend,
    )
    return made


def main() -> None:
    known = world()
    made = account()
    scopes = [f"https://graph.microsoft.com/{name}" for name in ("User.Read", "Mail.ReadWrite", "Mail.Send")]
    url, flow = made.con.get_authorization_url(requested_scopes=scopes, redirect_uri=known["redirect"])
    back = sign_in(url, known["user"])
    parameters = "&".join(f"{name}={value}" for name, value in back.items())
    if not made.con.request_token(f"{known['redirect']}?{parameters}", flow=flow):
        raise RuntimeError("no token")
    found = list(made.mailbox().inbox_folder().get_messages(limit=25, order_by="receivedDateTime desc"))
    first = found[0]
    mime = first.get_mime_content()
    first.mark_as_read()
    message = made.new_message()
    message.to.add("carl@customer.example")
    message.subject = "by O365"
    message.body = "<p>Hello</p>"
    print(
        json.dumps(
            {
                "subjects": sorted(one.subject for one in found),
                "first": first.subject,
                "mime": mime.decode(),
                "sent": message.send(),
                "drafts": [one.is_draft for one in found],
            }
        )
    )


if __name__ == "__main__":
    main()
