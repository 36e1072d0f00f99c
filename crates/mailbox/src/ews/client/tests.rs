use postroom_telemetry::SendError;
use wiremock::matchers::{header, header_regex, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{at, fault, ok, online, refusal, shared, token, when};
use crate::{MailboxAddress, MailboxError};

const INBOX: &str = "<m:Folders><t:Folder><t:FolderId Id=\"F\"/></t:Folder></m:Folders>";

async fn open(server: &MockServer, mailbox: &MailboxAddress) -> Result<(), MailboxError> {
    let opened = online(server)
        .mailbox_folder(&token(), mailbox, "inbox")
        .await;
    opened.map(drop)
}

#[tokio::test]
async fn every_request_carries_token_anchor_and_its_own_id() {
    let server = MockServer::start().await;
    when("GetFolder")
        .and(method("POST"))
        .and(path("/EWS/Exchange.asmx"))
        .and(header("authorization", "Bearer token"))
        .and(header("content-type", "text/xml; charset=utf-8"))
        .and(header("x-anchormailbox", "help@contoso.example"))
        .and(header_regex("client-request-id", "^[0-9a-f-]{36}$"))
        .respond_with(ok("GetFolder", INBOX))
        .expect(1)
        .mount(&server)
        .await;
    open(&server, &shared()).await.unwrap();
}

#[tokio::test]
async fn the_signers_own_mailbox_needs_no_anchor() {
    let server = MockServer::start().await;
    when("GetFolder")
        .respond_with(ok("GetFolder", INBOX))
        .mount(&server)
        .await;
    open(&server, &MailboxAddress::Me).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert!(!requests[0].headers.contains_key("x-anchormailbox"));
    assert!(!String::from_utf8_lossy(&requests[0].body).contains("t:Mailbox"));
}

#[tokio::test]
async fn a_read_is_tried_again_and_a_change_is_not() {
    let server = MockServer::start().await;
    when("GetFolder")
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    when("GetFolder")
        .respond_with(refusal("GetFolder", "ErrorMailboxStoreUnavailable"))
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    when("GetFolder")
        .respond_with(ok("GetFolder", INBOX))
        .expect(1)
        .mount(&server)
        .await;
    when("UpdateItem")
        .respond_with(refusal("UpdateItem", "ErrorTimeoutExpired"))
        .expect(1)
        .mount(&server)
        .await;
    open(&server, &shared()).await.unwrap();
    let marked = online(&server).mark_read(&token(), &shared(), "A").await;
    let error = marked.unwrap_err();
    assert!(
        matches!(error, MailboxError::Server { status: 200, .. }),
        "{error:?}"
    );
    assert!(error.maybe_done());
}

#[tokio::test]
async fn a_long_back_off_is_handed_to_the_caller() {
    let server = MockServer::start().await;
    let wait = "<t:Value Name=\"BackOffMilliseconds\">297749</t:Value>";
    when("GetFolder")
        .respond_with(fault(500, "ErrorServerBusy", wait))
        .expect(1)
        .mount(&server)
        .await;
    let error = open(&server, &shared()).await.unwrap_err();
    assert_eq!(
        error.retry_after().map(|wait| wait.as_millis()),
        Some(297_749)
    );
    assert_eq!(error.request_id(), Some("req-1"));
    assert!(error.is_transient() && !error.maybe_done());
}

#[tokio::test]
async fn a_short_back_off_is_waited_for() {
    let server = MockServer::start().await;
    let wait = "<t:Value Name=\"BackOffMilliseconds\">3</t:Value>";
    when("GetFolder")
        .respond_with(fault(500, "ErrorServerBusy", wait))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    when("GetFolder")
        .respond_with(ok("GetFolder", INBOX))
        .expect(1)
        .mount(&server)
        .await;
    open(&server, &shared()).await.unwrap();
}

#[tokio::test]
async fn a_refused_token_is_final_and_says_why() {
    let server = MockServer::start().await;
    let why = "2000003;reason=\"The audience claim value is invalid.\";error_category=\"invalid_resource\"";
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(401).insert_header("x-ms-diagnostics", why))
        .expect(1)
        .mount(&server)
        .await;
    let error = open(&server, &shared()).await.unwrap_err();
    assert!(matches!(error, MailboxError::WrongResource(_)), "{error:?}");
    assert_eq!(error.code(), Some("invalid_resource"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(302).insert_header("location", "/owa"))
        .expect(1)
        .mount(&server)
        .await;
    let error = open(&server, &shared()).await.unwrap_err();
    assert!(matches!(error, MailboxError::Refused { status: 302, .. }));
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_surely_not_done() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let ews = at(&format!(
        "http://{}/EWS/Exchange.asmx",
        listener.local_addr().unwrap()
    ));
    drop(listener);
    let error = ews.delete(&token(), &shared(), "A").await.unwrap_err();
    assert!(
        matches!(
            error,
            MailboxError::Unreachable {
                maybe_done: false,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.is_transient());
    assert!(!format!("{error:?}").contains("help@contoso.example"));
}

#[tokio::test]
async fn no_address_of_another_host_gets_the_token() {
    let (ours, foreign) = (MockServer::start().await, MockServer::start().await);
    let mut ews = online(&ours);
    ews.url = foreign.uri().parse().unwrap();
    let refused = ews.mailbox_folder(&token(), &shared(), "inbox").await;
    assert!(
        matches!(
            refused,
            Err(MailboxError::Unreachable {
                source: SendError::Outside,
                ..
            })
        ),
        "{refused:?}"
    );
    assert!(foreign.received_requests().await.unwrap().is_empty());
}
