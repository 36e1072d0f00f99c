use serde_json::json;
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::testing::{ok, online, refusal, token};
use super::*;

pub(in crate::graph) fn mail(mime: &[u8]) -> Outgoing<'_> {
    Outgoing {
        mime,
        message_id: "1@x.example",
        from: None,
    }
}

async fn send(server: &MockServer, mime: &[u8]) -> Result<Sent, MailboxError> {
    online(server)
        .send(&token(), &MailboxAddress::Me, &mail(mime))
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

/// A mail with these attachments, as the composer writes it.
pub(in crate::graph) fn with_files(files: &[(&str, usize)]) -> Vec<u8> {
    let mut mime = String::from(
        "From: help@contoso.example\r\nTo: carl@customer.example\r\nSubject: Film\r\nMessage-ID: <1@x.example>\r\n\
         In-Reply-To: <0@y.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>h\u{e9}llo</p>\r\n",
    );
    for (name, size) in files {
        let head = format!(
            "--b\r\nContent-Type: video/mp4; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\
             \r\nContent-Transfer-Encoding: base64\r\n\r\n"
        );
        mime.push_str(&head);
        mime.push_str(&STANDARD.encode(vec![b'x'; *size]));
        mime.push_str("\r\n");
    }
    mime.push_str("--b--\r\n");
    mime.into_bytes()
}

/// Takes drafts `D`, small attachments, and uploads at its own address.
async fn takes_large_mails() -> MockServer {
    let server = MockServer::start().await;
    let posts = |at: &str, status: u16, body: serde_json::Value| {
        let answer = ResponseTemplate::new(status).set_body_json(body);
        Mock::given(method("POST"))
            .and(path(at.to_owned()))
            .respond_with(answer)
    };
    let link = format!("{}/v1.0/upload?authtoken=secret", server.uri());
    for mock in [
        posts("/v1.0/me/messages", 201, json!({"id": "D"})),
        posts("/v1.0/me/messages/D/attachments", 201, json!({"id": "A"})),
        posts(
            "/v1.0/me/messages/D/attachments/createUploadSession",
            201,
            json!({"uploadUrl": link}),
        ),
    ] {
        mock.with_priority(9).mount(&server).await;
    }
    Mock::given(method("POST"))
        .and(path("/v1.0/me/messages/D/send"))
        .respond_with(ResponseTemplate::new(202))
        .with_priority(9)
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .respond_with(ok(&json!({"nextExpectedRanges": ["3276800"]})))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .respond_with(ResponseTemplate::new(201))
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn a_large_mail_is_a_draft_whose_attachments_are_uploaded() {
    let server = takes_large_mails().await;
    let sent = send(
        &server,
        &with_files(&[("film.mp4", 4_000_000), ("note.mp4", 7)]),
    )
    .await;
    assert_eq!(
        sent.unwrap().sent_id.as_deref(),
        Some("D"),
        "the id that it keeps in Sent Items"
    );
    let requests = server.received_requests().await.unwrap();
    let draft = STANDARD.decode(&requests[0].body).unwrap();
    let draft = mail_parser::MessageParser::default().parse(&draft).unwrap();
    assert_eq!(draft.message_id(), Some("1@x.example"));
    assert_eq!(draft.in_reply_to().as_text(), Some("0@y.example"));
    assert_eq!(draft.body_html(0).as_deref(), Some("<p>h\u{e9}llo</p>"));
    assert_eq!(draft.attachment_count(), 0);
    let session: serde_json::Value = requests[1].body_json().unwrap();
    assert_eq!(session["AttachmentItem"]["size"], 4_000_000);
    let ranges: Vec<_> = requests
        .iter()
        .filter(|request| request.method == Method::PUT)
        .map(|request| {
            assert!(
                !request.headers.contains_key("authorization"),
                "the URL is the secret"
            );
            (
                request.headers["content-range"].to_str().unwrap(),
                request.body.len(),
            )
        })
        .collect();
    assert_eq!(
        ranges,
        [
            ("bytes 0-3276799/4000000", 3_276_800),
            ("bytes 3276800-3999999/4000000", 723_200)
        ]
    );
    let small: serde_json::Value = requests[4].body_json().unwrap();
    assert_eq!(
        (&small["name"], &small["contentBytes"]),
        (&json!("note.mp4"), &json!("eHh4eHh4eA=="))
    );
    assert!(requests.last().unwrap().url.path().ends_with("/send"));
}

#[tokio::test]
async fn an_upload_elsewhere_is_refused_and_leaves_no_draft() {
    let server = takes_large_mails().await;
    Mock::given(path("/v1.0/me/messages/D/attachments/createUploadSession"))
        .respond_with(ok(&json!({"uploadUrl": "https://outlook.evil/x"})))
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .and(path("/v1.0/me/messages/D"))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;
    let error = send(&server, &with_files(&[("film.mp4", 4_000_000)]))
        .await
        .unwrap_err();
    assert!(matches!(error, MailboxError::ForeignLink), "{error:?}");
    assert!(!error.maybe_done());
}

#[tokio::test]
async fn a_text_that_no_draft_can_carry_is_too_large() {
    let server = takes_large_mails().await;
    let mime = format!("Subject: x\r\n\r\n{}", "x".repeat(SMALL));
    let error = send(&server, mime.as_bytes()).await.unwrap_err();
    assert!(matches!(error, MailboxError::TooLarge { .. }), "{error:?}");
    assert!(server.received_requests().await.unwrap().is_empty());
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
    let sent = graph.send(&token(), &MailboxAddress::Me, &mail(b"x")).await;
    let error = sent.unwrap_err();
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
