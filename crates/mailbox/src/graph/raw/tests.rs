use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{online, refusal, token};
use super::*;

const VALUE: &str = "/v1.0/me/messages/A%2FB/$value";

async fn raw(server: &MockServer, max_bytes: u64) -> Result<Bytes, MailboxError> {
    online(server)
        .raw(&token(), &MailboxAddress::Me, "A/B", max_bytes)
        .await
}

#[tokio::test]
async fn the_bytes_come_as_they_are_up_to_the_limit() {
    let server = MockServer::start().await;
    let mime = b"Subject: \xff\r\n\r\n\x00bytes".to_vec();
    let answer = ResponseTemplate::new(200).set_body_bytes(mime.clone());
    Mock::given(path(VALUE))
        .respond_with(answer)
        .mount(&server)
        .await;
    let length = mime.len() as u64;
    assert_eq!(raw(&server, length).await.unwrap(), mime);
    let error = raw(&server, length - 1).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { limit, .. } if limit == length - 1));
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_at_the_limit() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v1.0", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert_ne!(socket.read(&mut request).await.unwrap(), 0);
        socket
            .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        // Writes until the client hangs up, which only a client that stops reading does.
        while socket.write_all(&[b'x'; 1024]).await.is_ok() {}
    });
    let graph = super::super::testing::at(&base);
    let error = graph
        .raw(&token(), &MailboxAddress::Me, "A", 4096)
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { limit: 4096, .. }));
    server.await.unwrap();
}

#[tokio::test]
async fn a_message_that_left_is_missing() {
    let server = MockServer::start().await;
    Mock::given(path(VALUE))
        .respond_with(refusal(404, "ErrorItemNotFound"))
        .expect(1)
        .mount(&server)
        .await;
    assert!(matches!(
        raw(&server, 9).await,
        Err(MailboxError::ItemMissing(_))
    ));
}
