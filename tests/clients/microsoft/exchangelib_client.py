"""PyPI `exchangelib`: folder, find, MIME, sync, move, send, a busy server, a refused token; as one line of JSON."""

import json

from exchangelib import DELEGATE, OAUTH2, Account, Build, Configuration, Mailbox, Message, Version
from exchangelib.credentials import OAuth2AuthorizationCodeCredentials
from exchangelib.errors import ErrorServerBusy, UnauthorizedError
from oauthlib.oauth2 import OAuth2Token
from person import control, world


class Local(OAuth2AuthorizationCodeCredentials):
    @property
    def token_url(self) -> str:
        return world()["tls"] + "/common/oauth2/v2.0/token"


def account() -> Account:
    known = world()
    token = OAuth2Token({"access_token": known["token"], "token_type": "Bearer"})
    configuration = Configuration(
        service_endpoint=known["tls"] + "/EWS/Exchange.asmx",
        credentials=Local(access_token=token),
        auth_type=OAUTH2,
        version=Version(build=Build(15, 20, 7000, 1)),
    )
    return Account(known["user"], config=configuration, autodiscover=False, access_type=DELEGATE)


def failing(fault: dict, made: Account) -> object:
    control("/microsoft/faults", {"host": "ews", **fault})
    try:
        made.inbox.refresh()
    except ErrorServerBusy as error:
        return error.back_off
    except UnauthorizedError:
        return 401
    return None


def main() -> None:
    made = account()
    inbox = made.inbox
    found = list(inbox.all().order_by("-datetime_received").only("subject", "id", "changekey"))
    whole = inbox.get(subject="two")
    synced = [kind for kind, _ in inbox.sync_items(only_fields=["subject"])]
    state = inbox.item_sync_state
    whole.is_read = True
    whole.save(update_fields=["is_read"])
    moved = inbox.get(subject="one")
    moved.move(made.trash)
    later = sorted(kind for kind, _ in inbox.sync_items(sync_state=state, only_fields=["subject"]))
    message = Message(
        account=made,
        folder=made.sent,
        subject="by exchangelib",
        body="Hello",
        to_recipients=[Mailbox(email_address="carl@customer.example")],
    )
    message.send_and_save()
    busy = {"response_code": "ErrorServerBusy", "status": 500, "back_off_ms": 297749}
    print(
        json.dumps(
            {
                "count": inbox.total_count,
                "subjects": sorted(one.subject for one in found),
                "mime": whole.mime_content.decode(),
                "synced": synced,
                "later": later,
                "busy": failing(busy, made),
                "refused": failing({"status": 401}, made),
            }
        )
    )


if __name__ == "__main__":
    main()
