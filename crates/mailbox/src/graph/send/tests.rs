use serde_json::json;
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{ok, online, refusal, token};
use super::*;

async fn send(server: &MockServer, mime: &[u8]) -> Result<(), MailboxError> {
    online(server)
        .send_mime(&token(), &MailboxAddress::Me, mime)
        .await
}

#[tokio::test]
async fn a_message_goes_as_bare_base64() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1.0/me/sendMail"))
        .and(header("content-type", "text/plain"))
        .and(body_string(STANDARD.encode("To: x\r\n\r\nhello")))
        .respond_with(ResponseTemplate::new(202))
        .expect(1)
        .mount(&server)
        .await;
    send(&server, b"To: x\r\n\r\nhello").await.unwrap();
}

#[tokio::test]
async fn only_202_is_success() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let error = send(&server, b"x").await.unwrap_err();
    assert!(matches!(error, MailboxError::Refused { status: 200, .. }));
}

#[tokio::test]
async fn too_large_never_leaves_the_house() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(202))
        .expect(1)
        .mount(&server)
        .await;
    let limit = usize::try_from(GraphClient::SEND_LIMIT).unwrap();
    send(&server, &vec![b'x'; limit]).await.unwrap();
    let error = send(&server, &vec![b'x'; limit + 1]).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { .. }));
}

#[tokio::test]
async fn send_as_denied_is_told_from_access_denied() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(refusal(403, "ErrorSendAsDenied"))
        .expect(1)
        .mount(&server)
        .await;
    assert!(matches!(
        send(&server, b"x").await,
        Err(MailboxError::SendAsDenied(_))
    ));
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_outcome_unknown() {
    use tokio::io::AsyncReadExt as _;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v1.0", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        assert_ne!(socket.read(&mut [0; 4096]).await.unwrap(), 0);
    });
    let graph = super::super::testing::at(&base);
    let error = graph
        .send_mime(&token(), &MailboxAddress::Me, b"x")
        .await
        .unwrap_err();
    assert!(error.maybe_done(), "{error:?}");
    server.await.unwrap();
}

#[tokio::test]
async fn a_sent_copy_is_found_by_message_id() {
    let server = MockServer::start().await;
    let sent = "/v1.0/me/mailFolders/sentitems/messages";
    Mock::given(path(sent))
        .and(query_param(
            "$filter",
            "internetMessageId eq '<it''s@x.example>'",
        ))
        .respond_with(ok(&json!({"value": [{"id": "S"}]})))
        .mount(&server)
        .await;
    Mock::given(path(sent))
        .respond_with(ok(&json!({"value": []})))
        .with_priority(9)
        .mount(&server)
        .await;
    let (graph, token, me) = (online(&server), token(), MailboxAddress::Me);
    let found = graph
        .find_sent(&token, &me, "it's@x.example")
        .await
        .unwrap();
    assert_eq!(found.map(|head| head.id).as_deref(), Some("S"));
    assert_eq!(
        graph
            .find_sent(&token, &me, "<other@x.example>")
            .await
            .unwrap(),
        None
    );
}
