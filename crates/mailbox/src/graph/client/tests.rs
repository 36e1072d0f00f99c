use postroom_telemetry::SendError;
use serde_json::json;
use wiremock::matchers::{header, header_regex, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::call::Call;
use super::super::classify::Target;
use super::super::testing::{at, ok, online, refusal, token};
use crate::MailboxAddress;
use crate::MailboxError;

const ME: &str = "/v1.0/me";

fn ann() -> serde_json::Value {
    json!({"id": "1", "displayName": "Ann", "mail": null, "userPrincipalName": "ann@contoso.example"})
}

#[tokio::test]
async fn every_request_carries_token_immutable_ids_and_its_own_id() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(ME))
        .and(header("authorization", "Bearer token"))
        .and(header("prefer", "IdType=\"ImmutableId\""))
        .and(header_regex("client-request-id", "^[0-9a-f-]{36}$"))
        .respond_with(ok(&ann()))
        .expect(1)
        .mount(&server)
        .await;
    let me = online(&server).me(&token()).await.unwrap();
    assert_eq!(
        me.address, "ann@contoso.example",
        "mail is null: the principal name stands in"
    );
}

#[tokio::test]
async fn a_read_is_tried_again_and_a_change_is_not() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(refusal(503, "serviceUnavailable"))
        .up_to_n_times(2)
        .expect(2)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(ok(&ann()))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .respond_with(refusal(503, "serviceUnavailable"))
        .expect(1)
        .mount(&server)
        .await;
    let graph = online(&server);
    graph.me(&token()).await.unwrap();
    let marked = graph.mark_read(&token(), &MailboxAddress::Me, "A").await;
    assert!(matches!(
        marked,
        Err(MailboxError::Server { status: 503, .. })
    ));
}

#[tokio::test]
async fn a_long_retry_after_is_handed_to_the_caller() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(refusal(429, "ApplicationThrottled").insert_header("retry-after", "60"))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server).me(&token()).await.unwrap_err();
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(60));
    assert_eq!(error.request_id(), Some("req-1"));
}

#[tokio::test]
async fn a_refusal_is_final() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(refusal(401, "InvalidAuthenticationToken"))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server).me(&token()).await.unwrap_err();
    assert!(matches!(error, MailboxError::Unauthorized(_)));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(ME))
        .respond_with(ResponseTemplate::new(302).insert_header("location", "/v1.0/elsewhere"))
        .expect(1)
        .mount(&server)
        .await;
    let error = online(&server).me(&token()).await.unwrap_err();
    assert!(matches!(error, MailboxError::Refused { status: 302, .. }));
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_surely_not_done() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let graph = at(&format!("http://{}/v1.0", listener.local_addr().unwrap()));
    drop(listener);
    let gone = graph
        .delete(&token(), &MailboxAddress::Shared("x@y.example".into()), "A")
        .await;
    let error = gone.unwrap_err();
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
    assert!(!format!("{error:?}").contains("x@y.example"));
}

#[tokio::test]
async fn no_address_of_another_host_gets_the_token() {
    let (ours, foreign) = (MockServer::start().await, MockServer::start().await);
    let (graph, token) = (online(&ours), token());
    let url = format!("{}/v1.0/me", foreign.uri()).parse().unwrap();
    let call = Call::get("me", &token, url, Target::Mailbox);
    let refused = graph.once(&call).await;
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

#[tokio::test]
async fn an_answer_without_the_needed_field_is_garbled() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ok(&json!([])))
        .mount(&server)
        .await;
    let error = online(&server).me(&token()).await.unwrap_err();
    assert!(matches!(
        error,
        MailboxError::Garbled {
            operation: "me",
            ..
        }
    ));
}
