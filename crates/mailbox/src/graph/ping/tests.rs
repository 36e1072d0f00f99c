use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{ok, online, refusal, token};
use super::*;
use crate::all_proven;

const FULL: [&str; 2] = ["Mail.ReadWrite", "https://graph.microsoft.com/mail.send"];

async fn healthy() -> MockServer {
    let server = MockServer::start().await;
    let user = json!({"id": "1", "userPrincipalName": "ann@contoso.example"});
    let folder = json!({"id": "F", "displayName": "Inbox", "totalItemCount": 2});
    for (path_, body) in [
        ("/v1.0/me", user),
        ("/v1.0/me/mailFolders/inbox", folder),
        ("/v1.0/me/mailFolders/inbox/messages", json!({"value": []})),
    ] {
        let mock = Mock::given(method("GET"))
            .and(path(path_))
            .respond_with(ok(&body));
        mock.with_priority(9).mount(&server).await;
    }
    let draft = ResponseTemplate::new(201).set_body_json(json!({"id": "D"}));
    Mock::given(method("POST"))
        .and(path("/v1.0/me/messages"))
        .respond_with(draft)
        .with_priority(9)
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .and(path("/v1.0/me/messages/D"))
        .respond_with(ResponseTemplate::new(204))
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

async fn ping(server: &MockServer, granted: &[&str], write: bool, send: bool) -> Vec<Right> {
    let granted: Vec<String> = granted.iter().map(|scope| (*scope).to_owned()).collect();
    let wanted = PingRequest {
        granted: &granted,
        folder: "inbox",
        read: write,
        write,
        send,
    };
    online(server)
        .ping(&token(), &MailboxAddress::Me, &wanted)
        .await
}

/// `+` proven, `-` missing, `s` skipped, in the order of the rights.
fn picture(rights: &[Right]) -> String {
    rights
        .iter()
        .map(|right| {
            if right.ok {
                '+'
            } else if right.skipped {
                's'
            } else {
                '-'
            }
        })
        .collect()
}

async fn drafts(server: &MockServer) -> usize {
    let requests = server.received_requests().await.unwrap();
    requests
        .iter()
        .filter(|request| request.method == Method::POST)
        .count()
}

#[tokio::test]
async fn all_rights_are_proven_with_one_draft_that_is_deleted() {
    let server = healthy().await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "+++++");
    assert_eq!(drafts(&server).await, 1);
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.last().unwrap().method, Method::DELETE);
}

#[tokio::test]
async fn what_is_not_needed_is_skipped_and_leaves_no_draft() {
    let server = healthy().await;
    assert_eq!(picture(&ping(&server, &FULL, true, false).await), "++++s");
    assert_eq!(picture(&ping(&server, &FULL, false, true).await), "++ss+");
    assert_eq!(picture(&ping(&server, &FULL, false, false).await), "++sss");
    assert_eq!(drafts(&server).await, 2, "one for each of the first two");
}

#[tokio::test]
async fn sending_needs_its_scope() {
    let server = healthy().await;
    let rights = ping(&server, &["Mail.ReadWrite", "Mail.Send.Shared"], true, true).await;
    assert_eq!(picture(&rights), "++++-");
    assert!(
        rights[4].detail.contains("Mail.Send"),
        "{}",
        rights[4].detail
    );
    assert!(!all_proven(&rights));
}

#[tokio::test]
async fn a_refused_token_stops_everything() {
    let server = healthy().await;
    Mock::given(path("/v1.0/me"))
        .respond_with(refusal(401, "InvalidAuthenticationToken"))
        .mount(&server)
        .await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "-ssss");
    assert!(
        rights[0]
            .detail
            .contains("InvalidAuthenticationToken, request req-1")
    );
    assert!(rights[0].action.is_some());
}

#[tokio::test]
async fn a_mailbox_that_may_only_be_read_fails_at_writing() {
    let server = healthy().await;
    Mock::given(method("POST"))
        .respond_with(refusal(403, "ErrorAccessDenied"))
        .mount(&server)
        .await;
    assert_eq!(picture(&ping(&server, &FULL, true, true).await), "+++--");
}

#[tokio::test]
async fn a_missing_mailbox_is_not_a_missing_sign_in() {
    let server = healthy().await;
    Mock::given(path("/v1.0/me/mailFolders/inbox"))
        .respond_with(refusal(404, "MailboxNotEnabledForRESTAPI"))
        .mount(&server)
        .await;
    let rights = ping(&server, &FULL, true, true).await;
    assert_eq!(picture(&rights), "+-sss");
    assert!(rights[1].action.as_deref().unwrap().contains("licence"));
}
