use serde_json::json;
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer};

use super::super::testing::{now, ok, online, refusal, token};
use super::*;

const DELTA: &str = "/v1.0/me/mailFolders/inbox/messages/delta";

async fn fetch(server: &MockServer, cursor: &DeltaCursor) -> Result<ChangePage, MailboxError> {
    online(server)
        .delta_page(&token(), &MailboxAddress::Me, cursor, 25)
        .await
}

#[tokio::test]
async fn the_first_page_selects_filters_and_sizes() {
    let server = MockServer::start().await;
    Mock::given(path(DELTA))
        .and(query_param("$select", FIELDS))
        .and(query_param(
            "$filter",
            "receivedDateTime ge 2026-11-24T05:00:00Z",
        ))
        .respond_with(ok(&json!({
            "value": [
                {"id": "A", "receivedDateTime": "2026-11-24T06:00:00Z", "isRead": false},
                {"id": "B", "@removed": {"reason": "deleted"}},
            ],
            "@odata.nextLink": "https://next",
        })))
        .expect(1)
        .mount(&server)
        .await;
    let page = fetch(&server, &DeltaCursor::start("inbox", Some(now())))
        .await
        .unwrap();
    let requests = server.received_requests().await.unwrap();
    let prefer: Vec<_> = requests[0].headers.get_all("prefer").iter().collect();
    assert_eq!(prefer, ["IdType=\"ImmutableId\", odata.maxpagesize=25"]);
    assert_eq!(page.messages.len(), 1);
    assert_eq!(
        page.messages[0].received_at,
        Some("2026-11-24T06:00:00Z".parse().unwrap())
    );
    assert_eq!(page.removed, ["B"]);
    assert_eq!(page.next, Next::More("https://next".into()));
}

#[tokio::test]
async fn without_since_there_is_no_filter_and_the_link_of_the_end_is_kept() {
    let server = MockServer::start().await;
    Mock::given(path(DELTA))
        .and(query_param_is_missing("$filter"))
        .respond_with(ok(
            &json!({"value": [], "@odata.deltaLink": "https://delta"}),
        ))
        .mount(&server)
        .await;
    let page = fetch(&server, &DeltaCursor::start("inbox", None))
        .await
        .unwrap();
    assert_eq!(page.next, Next::Done("https://delta".into()));
}

#[tokio::test]
async fn a_link_is_replayed_as_it_is() {
    let server = MockServer::start().await;
    Mock::given(path(DELTA))
        .and(query_param("$deltatoken", "a/b"))
        .and(query_param_is_missing("$select"))
        .respond_with(ok(&json!({"value": [], "@odata.deltaLink": "x"})))
        .expect(1)
        .mount(&server)
        .await;
    let link = format!("{}{DELTA}?$deltatoken=a%2Fb", server.uri());
    fetch(&server, &DeltaCursor::Resume(link)).await.unwrap();
}

#[tokio::test]
async fn a_foreign_link_gets_no_token() {
    let (server, other) = (MockServer::start().await, MockServer::start().await);
    Mock::given(path(DELTA))
        .respond_with(ok(&json!({})))
        .expect(0)
        .mount(&other)
        .await;
    let link = format!("{}{DELTA}", other.uri());
    let error = fetch(&server, &DeltaCursor::Resume(link))
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::ForeignLink));
}

#[tokio::test]
async fn a_lost_state_asks_for_a_resync() {
    let server = MockServer::start().await;
    Mock::given(path(DELTA))
        .respond_with(refusal(410, "SyncStateNotFound").insert_header("location", "/elsewhere"))
        .expect(1)
        .mount(&server)
        .await;
    let link = format!("{}{DELTA}?$deltatoken=old", server.uri());
    let error = fetch(&server, &DeltaCursor::Resume(link))
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Resync(_)));
}

#[tokio::test]
async fn a_page_without_any_link_is_garbled_and_not_an_end() {
    let server = MockServer::start().await;
    Mock::given(path(DELTA))
        .respond_with(ok(&json!({"value": []})))
        .mount(&server)
        .await;
    let error = fetch(&server, &DeltaCursor::start("inbox", None))
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::Garbled { .. }));
}

#[test]
fn debug_hides_links() {
    let link = "https://graph.test/users/carl@customer.example/x".to_owned();
    let shown = format!(
        "{:?} {:?}",
        DeltaCursor::Resume(link.clone()),
        Next::Done(link)
    );
    assert!(!shown.contains("carl"), "{shown}");
}
