use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer};

use super::*;
use crate::testing::{TOKEN, now, online};
use crate::{Class, WhoActs};

async fn refresh(answer: wiremock::ResponseTemplate) -> OAuthError {
    let server = MockServer::start().await;
    Mock::given(path(TOKEN))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    online(&server)
        .refresh(&SecretString::from("rt"), &["openid"])
        .await
        .unwrap_err()
}

fn answer(status: u16, error: &str, code: u32) -> wiremock::ResponseTemplate {
    wiremock::ResponseTemplate::new(status)
        .set_body_json(json!({"error": error, "error_codes": [code], "error_description": "x"}))
}

#[tokio::test]
async fn a_refusal_is_diagnosed() {
    let diagnosis = refresh(answer(400, "invalid_grant", 700082))
        .await
        .diagnosis();
    assert_eq!(diagnosis.code, "AADSTS700082");
    assert_eq!(diagnosis.who_acts, WhoActs::MailboxOwner);
    let diagnosis = refresh(answer(401, "invalid_client", 7000222))
        .await
        .diagnosis();
    assert_eq!(diagnosis.class, Class::Ours);
}

#[tokio::test]
async fn busy_is_nobodys_even_with_invalid_grant_in_the_body() {
    for status in [429, 500, 503, 504] {
        let busy = answer(status, "invalid_grant", 50173).insert_header("retry-after", "7");
        let error = refresh(busy).await;
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(7)),
            "{status}"
        );
        assert_eq!(error.diagnosis().class, Class::Nobody, "{status}");
        assert!(error.is_transient());
    }
}

#[tokio::test]
async fn what_is_not_of_the_protocol_is_nobodys() {
    for body in [
        "<html>",
        "[]",
        r#"{"token_type":"Bearer","access_token":"at"}"#,
        r#"{"token_type":"mac"}"#,
    ] {
        for status in [200, 400, 302] {
            let error =
                refresh(wiremock::ResponseTemplate::new(status).set_body_string(body)).await;
            assert!(
                matches!(error, OAuthError::Garbled { .. }),
                "{status} {body} {error:?}"
            );
            assert_eq!(error.diagnosis().class, Class::Nobody);
        }
    }
}

#[tokio::test]
async fn nobody_there_is_nobodys() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let login = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let microsoft = crate::testing::at(&login, postroom_clock::Clock::manual(now()));
    let error = microsoft
        .refresh(&SecretString::from("rt"), &[])
        .await
        .unwrap_err();
    assert!(matches!(error, OAuthError::Unreachable(_)));
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_once_more_and_not_twice() {
    for (breaks, works) in [(1, true), (2, false)] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let login = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            for _ in 0..breaks {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut some = [0; 64];
                stream.read_exact(&mut some).await.unwrap();
            }
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut some = [0; 64];
            stream.read_exact(&mut some).await.unwrap();
            let body = r#"{"token_type":"Bearer","expires_in":3600,"access_token":"at"}"#;
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
            // Closing with unread bytes would take the answer back.
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        });
        let microsoft = crate::testing::at(&login, postroom_clock::Clock::manual(now()));
        let refreshed = microsoft.refresh(&SecretString::from("rt"), &[]).await;
        assert_eq!(refreshed.is_ok(), works, "{refreshed:?}");
        server.abort();
    }
}
