use serde_json::json;
use wiremock::matchers::{path, query_param};
use wiremock::{Mock, MockServer};

use super::super::testing::{now, ok, online, token};
use super::*;

const INBOX: &str = "/v1.0/me/mailFolders/inbox/messages";

#[tokio::test]
async fn all_pages_since_a_time_are_listed() {
    let server = MockServer::start().await;
    let next = format!("{}{INBOX}?$skip=1", server.uri());
    Mock::given(path(INBOX))
        .and(query_param(
            "$filter",
            "receivedDateTime ge 2026-11-24T05:00:00Z",
        ))
        .respond_with(ok(
            &json!({"value": [{"id": "A"}], "@odata.nextLink": next}),
        ))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path(INBOX))
        .and(query_param("$skip", "1"))
        .respond_with(ok(&json!({"value": [{"id": "B"}]})))
        .expect(1)
        .mount(&server)
        .await;
    let graph = online(&server);
    let since = Some(now());
    let listed = graph
        .list_messages(&token(), &MailboxAddress::Me, "inbox", since)
        .await
        .unwrap();
    let ids: Vec<_> = listed.into_iter().map(|head| head.id).collect();
    assert_eq!(ids, ["A", "B"]);
}

#[tokio::test]
async fn pages_in_a_circle_end_with_an_error_and_not_with_half_a_list() {
    let server = MockServer::start().await;
    let next = format!("{}{INBOX}?$skip=1", server.uri());
    Mock::given(path(INBOX))
        .respond_with(ok(
            &json!({"value": [{"id": "A"}], "@odata.nextLink": next}),
        ))
        .expect(2)
        .mount(&server)
        .await;
    let graph = online(&server);
    let error = graph
        .list_messages(&token(), &MailboxAddress::Me, "inbox", None)
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Repeating(_)));
}
