use postroom_connections::Failure;
use postroom_mailbox::{ErrorKind, MailboxError, PingRequest};
use postroom_registry::connection::{ConnectionState, Protocol};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path},
};

use super::stage;

const INBOX: &str = "/v1.0/me/mailFolders/inbox";

/// Graph takes the token `new` alone.
async fn takes_the_new_token(server: &MockServer) {
    let folder = json!({"id": "F", "displayName": "Inbox", "totalItemCount": 2});
    Mock::given(path(INBOX))
        .and(header("authorization", "Bearer new"))
        .respond_with(ResponseTemplate::new(200).set_body_json(folder))
        .mount(server)
        .await;
    refuses(server, 9).await;
}

async fn refuses(server: &MockServer, priority: u8) {
    let error = json!({"error": {"code": "InvalidAuthenticationToken", "message": "words"}});
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(401).set_body_json(error))
        .with_priority(priority)
        .mount(server)
        .await;
}

async fn refreshed(server: &MockServer) -> usize {
    let requests = server.received_requests().await.unwrap();
    let refreshes = requests
        .iter()
        .filter(|request| request.url.path().ends_with("/token"));
    refreshes.count()
}

#[tokio::test]
async fn a_token_that_is_refused_before_its_time_is_renewed_once() {
    let server = MockServer::start().await;
    stage::refreshes(&server).await;
    takes_the_new_token(&server).await;
    let stage = stage::set(&server.uri(), 0).await;
    let opened = stage.open(Protocol::Graph).await;
    assert_eq!(opened.folder("inbox").await.unwrap().id, "F");
    assert_eq!(refreshed(&server).await, 1);
    let again = stage.open(Protocol::Graph).await;
    again.folder("inbox").await.unwrap();
    assert_eq!(refreshed(&server).await, 1, "the new token is the kept one");
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_too_ends_the_sign_in() {
    let server = MockServer::start().await;
    stage::refreshes(&server).await;
    refuses(&server, 1).await;
    let stage = stage::set(&server.uri(), 0).await;
    let opened = stage.open(Protocol::Graph).await;
    let failure = opened.folder("inbox").await.unwrap_err();
    let Failure::Mailbox(error @ MailboxError::Unauthorized(_)) = &failure else {
        panic!("{failure:?}");
    };
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(refreshed(&server).await, 1, "and no third try");
    let verdict = opened.verdict(&failure).unwrap();
    assert_eq!(verdict.state, ConnectionState::NeedsSignIn);
}

#[tokio::test]
async fn a_ping_gets_a_fresh_token_too_and_says_what_is_proven() {
    let server = MockServer::start().await;
    stage::refreshes(&server).await;
    takes_the_new_token(&server).await;
    let stage = stage::set(&server.uri(), 0).await;
    let opened = stage.open(Protocol::Graph).await;
    let wanted = PingRequest {
        granted: &["Mail.ReadWrite".to_owned()],
        folder: "inbox",
        read: false,
        write: false,
        send: false,
    };
    let pinged = opened.ping(&wanted).await.unwrap();
    assert!(pinged.is_ok(), "{pinged:?}");
    let lacks = PingRequest {
        send: true,
        ..wanted
    };
    let pinged = opened.ping(&lacks).await.unwrap();
    assert_eq!(pinged.verdict.unwrap().state, ConnectionState::NeedsSignIn);
    assert_eq!(pinged.rights.len(), 5);
}

#[tokio::test]
async fn what_only_graph_does_is_refused_over_ews() {
    let server = MockServer::start().await;
    stage::refreshes(&server).await;
    let stage = stage::set(&server.uri(), 0).await;
    let opened = stage.open(Protocol::Ews).await;
    let failure = opened.translate_ews_ids(&[]).await.unwrap_err();
    assert!(matches!(
        failure,
        Failure::Mailbox(MailboxError::Refused { .. })
    ));
}

#[tokio::test]
async fn a_denial_without_the_scope_is_the_sign_ins() {
    let server = MockServer::start().await;
    let error = json!({"error": {"code": "ErrorAccessDenied", "message": "words"}});
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(403).set_body_json(error))
        .mount(&server)
        .await;
    let stage = stage::set(&server.uri(), 0).await;
    for (mailbox, expected) in [
        (stage::MAILBOX, ConnectionState::Refused),
        // `Mail.ReadWrite` is not good for another's mailbox.
        ("help@acme.example", ConnectionState::NeedsSignIn),
    ] {
        let opened = stage
            .connections
            .mailbox(stage.tenant, stage.grant, Protocol::Graph, mailbox);
        let opened = opened.await.unwrap();
        let failure = opened.folder("inbox").await.unwrap_err();
        assert_eq!(
            opened.verdict(&failure).unwrap().state,
            expected,
            "{mailbox}"
        );
    }
}
