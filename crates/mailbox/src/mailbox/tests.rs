use serde_json::json;
use wiremock::matchers::{body_string_contains, path, query_param};
use wiremock::{Mock, MockServer};

use super::*;
use crate::{ChangeWalk, ErrorKind, Pace, ews, graph};

const INBOX: &str = "/v1.0/me/mailFolders/inbox/messages/delta";

fn over_graph(server: &MockServer) -> Mailbox {
    Mailbox::graph(graph::testing::online(server), MailboxAddress::Me)
}

fn over_ews(server: &MockServer) -> Mailbox {
    Mailbox::ews(ews::testing::online(server), "ann@contoso.example")
}

/// Both servers hold message `A`, in two pages, the second of which is empty.
async fn graph_server() -> MockServer {
    let server = MockServer::start().await;
    let link = |token: &str| format!("{}{INBOX}?{token}", server.uri());
    let last = json!({"value": [], "@odata.deltaLink": link("$deltatoken=2")});
    Mock::given(path(INBOX))
        .and(query_param("$skiptoken", "1"))
        .respond_with(graph::testing::ok(&last))
        .with_priority(1)
        .mount(&server)
        .await;
    let first = json!({"value": [{"id": "A"}], "@odata.nextLink": link("$skiptoken=1")});
    Mock::given(path(INBOX))
        .and(query_param(
            "$filter",
            "receivedDateTime ge 2026-11-24T05:00:00Z",
        ))
        .respond_with(graph::testing::ok(&first))
        .mount(&server)
        .await;
    server
}

async fn ews_server() -> MockServer {
    let server = MockServer::start().await;
    let page = |state: &str, last: bool, changes: &str| {
        let inner = format!(
            "<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>\
             <m:Changes>{changes}</m:Changes>"
        );
        ews::testing::ok("SyncFolderItems", &inner)
    };
    ews::testing::when("SyncFolderItems")
        .and(body_string_contains("<m:SyncState>1</m:SyncState>"))
        .respond_with(page("2", true, ""))
        .with_priority(1)
        .mount(&server)
        .await;
    let created = "<t:Create><t:Message><t:ItemId Id=\"A\"/></t:Message></t:Create>";
    ews::testing::when("SyncFolderItems")
        .respond_with(page("1", false, created))
        .mount(&server)
        .await;
    server
}

/// One round of a poll, as its caller writes it.
async fn round(mailbox: &Mailbox) -> (Vec<String>, Option<String>) {
    let token = ews::testing::token();
    let mut walk = ChangeWalk::new(9);
    let mut cursor = ChangeCursor {
        folder: "inbox".into(),
        since: Some(ews::testing::now()),
        state: None,
    };
    let mut ids = Vec::new();
    loop {
        let page = mailbox.changes(&token, &cursor, 50).await.unwrap();
        ids.extend(page.messages.iter().map(|head| head.id.clone()));
        match walk.follow(&page).unwrap() {
            Pace::More(state) => cursor.state = Some(state),
            Pace::Rest(state) | Pace::Done(state) => return (ids, Some(state)),
        }
    }
}

#[tokio::test]
async fn a_poll_is_the_same_over_both_protocols() {
    let (graph, ews) = (graph_server().await, ews_server().await);
    let (ids, state) = round(&over_graph(&graph)).await;
    assert_eq!(ids, ["A"]);
    assert!(state.unwrap().ends_with("$deltatoken=2"));
    let (ids, state) = round(&over_ews(&ews)).await;
    assert_eq!((ids, state.as_deref()), (vec!["A".to_owned()], Some("2")));
}

#[tokio::test]
async fn a_failure_is_of_the_same_kind_over_both_protocols() {
    let token = ews::testing::token();
    for (status, code, kind) in [
        (403, "ErrorAccessDenied", ErrorKind::AccessDenied),
        (404, "ErrorItemNotFound", ErrorKind::ItemMissing),
        (429, "ErrorServerBusy", ErrorKind::Throttled),
        (404, "ErrorNonExistentMailbox", ErrorKind::MailboxMissing),
        (400, "ErrorMimeContentInvalid", ErrorKind::Refused),
    ] {
        let server = MockServer::start().await;
        ews::testing::when("UpdateItem")
            .respond_with(ews::testing::refusal("UpdateItem", code))
            .mount(&server)
            .await;
        Mock::given(path("/v1.0/me/messages/A"))
            .respond_with(graph::testing::refusal(status, code))
            .mount(&server)
            .await;
        for mailbox in [over_graph(&server), over_ews(&server)] {
            let error = mailbox.mark_read(&token, "A").await.unwrap_err();
            assert_eq!(error.kind(), kind, "{mailbox:?} {code}");
            assert_eq!(error.is_transient(), kind == ErrorKind::Throttled);
            let code_told = error.support().and_then(|support| support.code.as_deref());
            assert_eq!(code_told, Some(code));
        }
    }
}

#[tokio::test]
async fn the_signers_own_mailbox_is_anchored_over_ews() {
    let server = ews_server().await;
    round(&over_ews(&server)).await;
    for request in server.received_requests().await.unwrap() {
        assert_eq!(request.headers["x-anchormailbox"], "ann@contoso.example");
    }
}

#[tokio::test]
async fn another_message_id_is_found_by_the_only_mail_of_the_subject() {
    let server = MockServer::start().await;
    let sent_items = "/v1.0/me/mailFolders/sentitems/messages";
    let same = json!({"id": "S", "subject": "Re: VPN ", "from": {"emailAddress": {"address": "alias@contoso.example"}}, "internetMessageId": "<theirs@exchange>"});
    let other = json!({"id": "T", "subject": "Lunch", "internetMessageId": "<t@exchange>"});
    let person = json!({"emailAddress": {"address": "ann@contoso.example"}});
    let own = json!({"id": "U", "subject": "Re: VPN", "from": person, "internetMessageId": "<u@exchange>"});
    Mock::given(path(sent_items))
        .and(query_param(
            "$filter",
            "internetMessageId eq '<ours@x.example>'",
        ))
        .respond_with(graph::testing::ok(&json!({"value": []})))
        .mount(&server)
        .await;
    Mock::given(path(sent_items))
        .and(query_param(
            "$filter",
            "receivedDateTime ge 2026-11-24T05:00:00Z",
        ))
        .respond_with(graph::testing::ok(&json!({"value": [other, own, same]})))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    let again = same.clone();
    Mock::given(path(sent_items))
        .respond_with(graph::testing::ok(&json!({"value": [same, again]})))
        .mount(&server)
        .await;
    Mock::given(path("/v1.0/me/messages/D"))
        .respond_with(graph::testing::ok(
            &json!({"id": "D", "internetMessageId": "<d@exchange>"}),
        ))
        .mount(&server)
        .await;
    let (mailbox, token) = (over_graph(&server), ews::testing::token());
    let mail = Outgoing {
        mime: b"Subject: Re: VPN\r\n\r\nhello",
        message_id: "ours@x.example",
        from: Some("Alias@contoso.example"),
    };
    let sent = Sent::new(&mail, None, ews::testing::now());
    let id = || mailbox.sent_message_id(&token, &sent, "ours@x.example");
    assert_eq!(id().await.unwrap().as_deref(), Some("<theirs@exchange>"));
    assert_eq!(id().await.unwrap(), None, "two could be it");
    let draft = Sent::new(&mail, Some("D".into()), ews::testing::now());
    let known = mailbox
        .sent_message_id(&token, &draft, "ours@x.example")
        .await;
    assert_eq!(known.unwrap().as_deref(), Some("<d@exchange>"));
}
