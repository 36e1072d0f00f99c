use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::*;
use crate::jira::{JiraError, Quota};

async fn always(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn create(client: &JiraClient) -> JiraError {
    client
        .create_issue(&new_issue(&document()))
        .await
        .unwrap_err()
}

/// A server that reads one request, says `answer` and hangs up.
async fn cutting(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 4096];
        let _ = socket.read(&mut buffer).await.unwrap();
        socket.write_all(answer).await.unwrap();
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_connection_cut_after_a_write_leaves_the_outcome_unknown() {
    let half = b"HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{\"id\":";
    for answer in [&b""[..], &half[..]] {
        let error = create(&client_of(&cutting(answer).await, Duration::from_secs(10))).await;
        assert!(
            matches!(
                error,
                JiraError::Unreachable {
                    timeout: false,
                    maybe_done: true
                }
            ),
            "{error:?}"
        );
        assert!(error.is_transient() && error.outcome_unknown());
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = create(&client_of(&base, Duration::from_secs(10))).await;
    assert!(
        matches!(
            error,
            JiraError::Unreachable {
                timeout: false,
                maybe_done: false
            }
        ),
        "{error:?}"
    );
    assert!(error.is_transient() && !error.outcome_unknown());
}

#[tokio::test]
async fn no_answer_in_time_leaves_the_outcome_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let error = create(&client_of(&base, Duration::from_millis(100))).await;
    assert!(
        matches!(
            error,
            JiraError::Unreachable {
                timeout: true,
                maybe_done: true
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_write_is_never_repeated() {
    let server = always(ResponseTemplate::new(502)).await;
    let error = create(&client(&server)).await;
    assert!(
        matches!(
            error,
            JiraError::Server {
                status: 502,
                maybe_done: true
            }
        ),
        "{error:?}"
    );
    assert!(error.is_transient() && error.outcome_unknown());
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_read_is_repeated_until_jira_is_back() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "0");
    Mock::given(any())
        .respond_with(busy)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    let good = ResponseTemplate::new(200).set_body_json(json!({"accountId": "app-1"}));
    Mock::given(any()).respond_with(good).mount(&server).await;
    assert_eq!(client(&server).myself().await.unwrap().account_id, "app-1");
    assert_eq!(requests(&server).await.len(), 3);
}

#[tokio::test]
async fn a_read_does_not_wait_longer_than_a_moment() {
    let answer = ResponseTemplate::new(429)
        .insert_header("Retry-After", "120")
        .insert_header("RateLimit-Reason", "jira-quota-global-based");
    let server = always(answer).await;
    let error = client(&server).myself().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    assert!(
        matches!(
            error,
            JiraError::Throttled {
                quota: Quota::App,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(!error.outcome_unknown());
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn a_read_ends_with_what_cannot_pass() {
    let server = always(ResponseTemplate::new(404)).await;
    assert!(matches!(
        client(&server).myself().await.unwrap_err(),
        JiraError::NotFound
    ));
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn statuses_have_names() {
    let named = |status: u16| async move {
        let html = ResponseTemplate::new(status)
            .set_body_string("<html>Client must be authenticated</html>");
        create(&client(&always(html).await)).await
    };
    assert!(matches!(named(401).await, JiraError::Unauthorized));
    assert!(matches!(named(403).await, JiraError::Forbidden));
    assert!(matches!(named(404).await, JiraError::NotFound));
    assert!(matches!(named(413).await, JiraError::TooLarge));
    assert!(matches!(
        named(302).await,
        JiraError::Server { status: 302, .. }
    ));
    assert!(matches!(
        named(408).await,
        JiraError::Server { status: 408, .. }
    ));
    assert!(matches!(
        named(400).await,
        JiraError::Refused { status: 400, .. }
    ));
    assert!(matches!(
        named(410).await,
        JiraError::Refused { status: 410, .. }
    ));
    assert!(named(409).await.is_transient());
    assert!(!named(400).await.is_transient());
}

#[tokio::test]
async fn a_refusal_keeps_jiras_words_out_of_logs() {
    let said = json!({
        "errorMessages": ["carl@customer.example is unknown"],
        "errors": {"description": "The entered text is too long. It exceeds the allowed limit of 32,767 characters."},
    });
    let server = always(ResponseTemplate::new(400).set_body_json(said)).await;
    let error = create(&client(&server)).await;
    assert!(error.refuses_content());
    let shown = format!("{error:?} {error}");
    assert!(
        !shown.contains("carl") && !shown.contains("32,767"),
        "{shown}"
    );
    assert!(shown.contains("description"), "{shown}");
    let JiraError::Refused {
        messages,
        field_errors,
        ..
    } = error
    else {
        panic!("{shown}")
    };
    assert_eq!(messages.len(), 1);
    assert!(field_errors["description"].contains("32,767"));
}

#[tokio::test]
async fn a_missing_project_is_no_matter_of_content() {
    let said = json!({"errorMessages": [], "errors": {"project": "valid project is required"}});
    let server = always(ResponseTemplate::new(400).set_body_json(said)).await;
    assert!(!create(&client(&server)).await.refuses_content());
}

#[tokio::test]
async fn a_success_that_cannot_be_read_was_done_all_the_same() {
    let server = always(ResponseTemplate::new(201).set_body_string("<html>")).await;
    let error = create(&client(&server)).await;
    assert!(
        matches!(
            error,
            JiraError::Unreadable {
                status: 201,
                maybe_done: true
            }
        ),
        "{error:?}"
    );
    assert!(error.outcome_unknown());
}
