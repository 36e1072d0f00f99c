use serde_json::json;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::{WhoActs, ews, graph};

const NAMES: Names<'_> = Names {
    mailbox: "help@contoso.example",
    signer: "ann@contoso.example",
    client_id: "1-2",
    admin_center: "https://admin.example",
};
const SHARED: [&str; 2] = [
    "https://graph.microsoft.com/mail.readwrite.shared",
    "Mail.Send.Shared",
];
const OF_EWS: [&str; 1] = ["https://outlook.office365.com/ews.accessasuser.all"];

/// A mailbox over one of the protocols, and how its server refuses.
struct Wire {
    mailbox: Mailbox,
    granted: &'static [&'static str],
    server: MockServer,
}

async fn over_graph() -> Wire {
    let server = MockServer::start().await;
    let at = |end: &str| path(format!("/v1.0/users/help@contoso.example{end}"));
    let folder = json!({"id": "F", "displayName": "Inbox", "totalItemCount": 2});
    let no_one = graph::testing::refusal(400, "ErrorInvalidRecipients");
    for (verb, end, answer) in [
        ("GET", "/mailFolders/inbox", graph::testing::ok(&folder)),
        (
            "GET",
            "/mailFolders/inbox/messages",
            graph::testing::ok(&json!({"value": []})),
        ),
        (
            "POST",
            "/messages",
            ResponseTemplate::new(201).set_body_json(json!({"id": "D"})),
        ),
        ("DELETE", "/messages/D", ResponseTemplate::new(204)),
        ("POST", "/sendMail", no_one),
    ] {
        let mock = Mock::given(method(verb)).and(at(end)).respond_with(answer);
        mock.with_priority(9).mount(&server).await;
    }
    let client = graph::testing::online(&server);
    let shared = MailboxAddress::Shared(NAMES.mailbox.into());
    Wire {
        mailbox: Mailbox::graph(client, shared),
        granted: &SHARED,
        server,
    }
}

async fn over_ews() -> Wire {
    let server = MockServer::start().await;
    for (operation, inner) in [
        (
            "GetFolder",
            "<m:Folders><t:Folder><t:FolderId Id=\"F\"/><t:DisplayName>Inbox</t:DisplayName>\
             <t:TotalCount>2</t:TotalCount></t:Folder></m:Folders>",
        ),
        (
            "FindItem",
            "<m:RootFolder IncludesLastItemInRange=\"true\"><t:Items/></m:RootFolder>",
        ),
        (
            "CreateItem",
            "<m:Items><t:Message><t:ItemId Id=\"D\"/></t:Message></m:Items>",
        ),
        ("DeleteItem", ""),
    ] {
        let mock = ews::testing::when(operation).respond_with(ews::testing::ok(operation, inner));
        mock.with_priority(9).mount(&server).await;
    }
    ews::testing::when("CreateItem MessageDisposition=\"SendOnly\"")
        .respond_with(ews::testing::refusal(
            "CreateItem",
            "ErrorInvalidRecipients",
        ))
        .with_priority(8)
        .mount(&server)
        .await;
    Wire {
        mailbox: Mailbox::ews(ews::testing::online(&server), NAMES.mailbox),
        granted: &OF_EWS,
        server,
    }
}

impl Wire {
    async fn ping(&self, granted: &[&str], read: bool, write: bool, send: bool) -> Pinged {
        let granted: Vec<String> = granted.iter().map(|scope| (*scope).to_owned()).collect();
        let wanted = PingRequest {
            granted: &granted,
            folder: "inbox",
            read,
            write,
            send,
        };
        self.mailbox
            .ping(&graph::testing::token(), &wanted, &NAMES)
            .await
    }

    async fn all(&self) -> Pinged {
        self.ping(self.granted, true, true, true).await
    }

    /// From now on what creates a draft, or sends, is refused with this code.
    async fn refuse(&self, at: &str, operation: &str, status: u16, code: &str) {
        match &self.mailbox {
            Mailbox::Graph(..) => {
                let at = format!("/v1.0/users/help@contoso.example{at}");
                let refused =
                    Mock::given(path(at)).respond_with(graph::testing::refusal(status, code));
                refused.mount(&self.server).await;
            }
            Mailbox::Ews(..) => {
                let name = operation.split(' ').next().unwrap();
                let refusal = ews::testing::refusal(name, code);
                ews::testing::when(operation)
                    .respond_with(refusal)
                    .mount(&self.server)
                    .await;
            }
        }
    }
}

/// `+` proven, `-` missing, `s` skipped, in the order of the rights.
fn picture(pinged: &Pinged) -> String {
    let sign = |right: &Right| match (right.ok, right.skipped) {
        (true, _) => '+',
        (false, true) => 's',
        (false, false) => '-',
    };
    pinged.rights.iter().map(sign).collect()
}

#[tokio::test]
async fn all_rights_are_proven_and_nothing_is_sent() {
    for wire in [over_graph().await, over_ews().await] {
        let pinged = wire.all().await;
        assert_eq!(picture(&pinged), "+++++", "{:?}", pinged.rights);
        assert!(pinged.is_ok() && pinged.failure.is_none());
    }
    let wire = over_graph().await;
    wire.all().await;
    let sent = wire.server.received_requests().await.unwrap();
    let sent = sent
        .iter()
        .find(|request| request.url.path().ends_with("/sendMail"));
    let sent: serde_json::Value = sent.unwrap().body_json().unwrap();
    assert_eq!(sent["saveToSentItems"], false);
    assert_eq!(sent["message"]["toRecipients"], json!([]));
    assert_eq!(
        sent["message"]["from"]["emailAddress"]["address"],
        NAMES.mailbox
    );
}

#[tokio::test]
async fn what_is_not_needed_is_skipped() {
    for wire in [over_graph().await, over_ews().await] {
        for (read, write, send, expected) in [
            (true, true, false, "++++s"),
            (false, false, true, "++ss+"),
            (true, false, false, "+++ss"),
            (false, false, false, "++sss"),
        ] {
            let pinged = wire.ping(wire.granted, read, write, send).await;
            assert_eq!(picture(&pinged), expected);
        }
    }
}

#[tokio::test]
async fn sending_needs_its_scope_and_the_right_in_exchange() {
    for wire in [over_graph().await, over_ews().await] {
        let pinged = wire
            .ping(&["Mail.ReadWrite.Shared", "Mail.Send"], true, true, true)
            .await;
        assert_eq!(picture(&pinged), "++++-");
        let last = &pinged.rights[4];
        assert!(last.detail.ends_with(&format!(
            "It is {}.",
            wire.mailbox.scopes(RightName::Send)[0]
        )));
        assert_eq!(last.who_acts, Some(WhoActs::MailboxOwner));
        wire.refuse(
            "/sendMail",
            "CreateItem MessageDisposition=\"SendOnly\"",
            403,
            "ErrorSendAsDenied",
        )
        .await;
        let pinged = wire.all().await;
        assert_eq!(picture(&pinged), "++++-");
        let commands: Vec<_> = pinged.rights[4]
            .fix
            .iter()
            .map(|fix| fix.text.as_str())
            .collect();
        assert_eq!(
            commands[0],
            "Add-RecipientPermission -Identity 'help@contoso.example' -Trustee 'ann@contoso.example' \
             -AccessRights SendAs -Confirm:$false"
        );
        assert!(matches!(
            pinged.failure,
            Some(MailboxError::SendAsDenied(_))
        ));
    }
}

#[tokio::test]
async fn a_mailbox_that_may_only_be_read_fails_at_writing() {
    for wire in [over_graph().await, over_ews().await] {
        let save = "CreateItem MessageDisposition=\"SaveOnly\"";
        wire.refuse("/messages", save, 403, "ErrorAccessDenied")
            .await;
        let pinged = wire.all().await;
        assert_eq!(picture(&pinged), "+++-+");
        let write = &pinged.rights[3];
        assert_eq!(write.who_acts, Some(WhoActs::MicrosoftAdministrator));
        assert!(
            write.fix[0]
                .text
                .starts_with("Add-MailboxPermission -Identity 'help@contoso.example'")
        );
        assert!(
            write.detail.contains("ErrorAccessDenied, request req-1"),
            "{}",
            write.detail
        );
    }
}

#[tokio::test]
async fn a_denial_without_the_scope_is_the_sign_ins() {
    let wire = over_graph().await;
    wire.refuse("/mailFolders/inbox", "", 403, "ErrorAccessDenied")
        .await;
    let pinged = wire.ping(&["Mail.ReadWrite"], true, true, true).await;
    assert_eq!(picture(&pinged), "+-sss");
    assert!(pinged.rights[1].detail.ends_with("It is Mail.Read.Shared."));
    assert!(matches!(
        pinged.failure,
        Some(MailboxError::ScopeMissing(_))
    ));
    let pinged = wire.all().await;
    assert!(matches!(
        pinged.failure,
        Some(MailboxError::AccessDenied(_))
    ));
}

#[tokio::test]
async fn a_missing_mailbox_is_not_a_missing_sign_in() {
    for (wire, code) in [
        (over_graph().await, "MailboxNotEnabledForRESTAPI"),
        (over_ews().await, "ErrorNonExistentMailbox"),
    ] {
        wire.refuse("/mailFolders/inbox", "GetFolder", 404, code)
            .await;
        let pinged = wire.all().await;
        assert_eq!(picture(&pinged), "+-sss");
        assert!(
            pinged.rights[1]
                .fix
                .iter()
                .any(|fix| fix.text.contains("licence"))
        );
    }
}

#[tokio::test]
async fn a_refused_token_stops_everything() {
    for wire in [over_graph().await, over_ews().await] {
        let refused = ResponseTemplate::new(401).insert_header("request-id", "req-1");
        Mock::given(body_string_contains(""))
            .respond_with(refused)
            .mount(&wire.server)
            .await;
        let pinged = wire.all().await;
        assert_eq!(picture(&pinged), "-ssss");
        assert!(pinged.rights[0].detail.ends_with("(request req-1)"));
        assert!(matches!(
            pinged.failure,
            Some(MailboxError::Unauthorized(_))
        ));
    }
}

#[tokio::test]
async fn switched_off_ews_is_named_with_its_way_out() {
    let wire = over_ews().await;
    let off = Mock::given(method("POST")).respond_with(ResponseTemplate::new(403));
    off.mount(&wire.server).await;
    let pinged = wire.all().await;
    assert_eq!(picture(&pinged), "+-sss");
    let right = &pinged.rights[1];
    assert!(right.action.as_deref().unwrap().contains("2027-04-01"));
    assert!(
        right
            .fix
            .iter()
            .any(|fix| fix.text.contains("<the present list>,1-2\""))
    );
}
