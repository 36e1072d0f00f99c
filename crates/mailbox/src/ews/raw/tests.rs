use wiremock::MockServer;

use super::super::testing::{
    bodies, items, message, ok, online, refusal, shared, token, when, xml,
};
use super::*;

fn with(mime: &str) -> String {
    items(&format!(
        "<t:Message><t:MimeContent CharacterSet=\"UTF-8\">{mime}</t:MimeContent><t:ItemId Id=\"A\"/></t:Message>"
    ))
}

async fn holding(mime: &str) -> MockServer {
    let server = MockServer::start().await;
    when("GetItem")
        .respond_with(ok("GetItem", &with(mime)))
        .mount(&server)
        .await;
    server
}

async fn raw(server: &MockServer, max_bytes: u64) -> Result<Bytes, MailboxError> {
    online(server)
        .raw(&token(), &shared(), "A", max_bytes)
        .await
}

#[tokio::test]
async fn the_bytes_come_as_they_are_up_to_the_limit() {
    let mime = b"Subject: \xff\r\n\r\n\x00bytes".to_vec();
    let server = holding(&STANDARD.encode(&mime)).await;
    let length = mime.len() as u64;
    assert_eq!(raw(&server, length).await.unwrap(), mime);
    let error = raw(&server, length - 1).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { limit, .. } if limit == length - 1));
    assert!(bodies(&server).await[0].contains("<t:IncludeMimeContent>true</t:IncludeMimeContent>"));
}

#[tokio::test]
async fn lines_of_base64_are_one_message_whatever_ends_them() {
    let mime: Vec<u8> = (0..40_000_u32).flat_map(u32::to_le_bytes).collect();
    let encoded = STANDARD.encode(&mime);
    for end in ["\r\n", "\n", "&#xD;\n", " "] {
        let lines: Vec<_> = encoded.as_bytes().chunks(76).collect();
        let lines = lines.iter().map(|line| std::str::from_utf8(line).unwrap());
        let server = holding(&lines.collect::<Vec<_>>().join(end)).await;
        assert_eq!(raw(&server, 1 << 20).await.unwrap(), mime, "{end:?}");
    }
}

#[tokio::test]
async fn a_message_may_be_larger_than_any_other_answer() {
    let mime = vec![b'x'; 13 << 20];
    let server = holding(&STANDARD.encode(&mime)).await;
    assert_eq!(raw(&server, 13 << 20).await.unwrap().len(), mime.len());
}

#[tokio::test]
async fn what_is_no_base64_is_garbled() {
    for mime in ["", "a*c=", "QUJ", "<t:x/>"] {
        let error = raw(&holding(mime).await, 99).await.unwrap_err();
        assert!(
            matches!(
                error,
                MailboxError::Garbled {
                    operation: "get_raw",
                    ..
                }
            ),
            "{mime}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_at_the_limit() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/EWS/Exchange.asmx",
        listener.local_addr().unwrap()
    );
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert_ne!(socket.read(&mut request).await.unwrap(), 0);
        let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<s:Envelope>";
        socket.write_all(head).await.unwrap();
        // Writes until the client hangs up, which only a client that stops reading does.
        while socket.write_all(&[b'x'; 1024]).await.is_ok() {}
    });
    let ews = super::super::testing::at(&url);
    let error = ews.raw(&token(), &shared(), "A", 4096).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { limit: 4096, .. }));
    server.await.unwrap();
}

#[tokio::test]
async fn a_message_that_left_is_missing_and_one_that_cannot_be_converted_is_its_own_failure() {
    let server = MockServer::start().await;
    when("GetItem")
        .respond_with(refusal("GetItem", "ErrorItemNotFound"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    when("GetItem")
        .respond_with(refusal("GetItem", "ErrorMimeContentConversionFailed"))
        .expect(1)
        .mount(&server)
        .await;
    assert!(matches!(
        raw(&server, 9).await,
        Err(MailboxError::ItemMissing(_))
    ));
    assert!(matches!(
        raw(&server, 9).await,
        Err(MailboxError::Refused { .. })
    ));
}

#[tokio::test]
async fn exchanges_own_size_limit_is_not_called_ours() {
    let server = MockServer::start().await;
    let large = "<m:ResponseCode>ErrorDataSizeLimitExceeded</m:ResponseCode>";
    when("GetItem")
        .respond_with(message("GetItem", "Error", large))
        .mount(&server)
        .await;
    let error = raw(&server, 9).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { limit: 0, .. }));
}

#[tokio::test]
async fn a_broken_answer_is_asked_for_again() {
    let server = MockServer::start().await;
    when("GetItem")
        .respond_with(xml(200, "<s:Envelope".into()))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    when("GetItem")
        .respond_with(ok("GetItem", &with("QUJD")))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(raw(&server, 9).await.unwrap(), "ABC");
}
