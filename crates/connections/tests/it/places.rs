use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use postroom_registry::connection::Protocol;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

use super::stage;

const INBOX: &str = "/v1.0/me/mailFolders/inbox";

#[tokio::test]
async fn a_wait_that_microsoft_asks_for_is_everybodys() {
    let server = MockServer::start().await;
    let error = json!({"error": {"code": "ApplicationThrottled", "message": "words"}});
    Mock::given(path(INBOX))
        .respond_with(
            ResponseTemplate::new(429)
                .set_body_json(error)
                .insert_header("retry-after", "120"),
        )
        .expect(1)
        .mount(&server)
        .await;
    let stage = stage::set(&server.uri(), 2).await;
    let told = stage
        .open(Protocol::Graph)
        .await
        .folder("inbox")
        .await
        .unwrap_err();
    assert_eq!(told.retry_after().map(|wait| wait.as_secs()), Some(120));
    let other = stage.open(Protocol::Graph).await;
    let held = other.folder("inbox").await.unwrap_err();
    let left = held.retry_after().unwrap().as_secs();
    assert!((1..=120).contains(&left), "{left}");
    let verdict = other.verdict(&held).unwrap();
    assert_eq!(verdict.state.word(), "slowed");
}

#[tokio::test]
async fn who_names_a_mailbox_of_another_directory_holds_nobody_back() {
    let server = MockServer::start().await;
    Mock::given(path(INBOX))
        .respond_with(ResponseTemplate::new(429).insert_header("retry-after", "120"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(path(INBOX))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "F"})))
        .mount(&server)
        .await;
    let stage = stage::set(&server.uri(), 0).await;
    let stranger = stage.open_elsewhere().await;
    let told = stranger.folder("inbox").await.unwrap_err();
    assert_eq!(told.retry_after().map(|wait| wait.as_secs()), Some(120));
    let folder = stage.open(Protocol::Graph).await.folder("inbox").await;
    assert_eq!(folder.unwrap().id, "F");
}

#[tokio::test]
async fn a_short_wait_is_waited_for_and_then_it_goes_on() {
    let server = MockServer::start().await;
    Mock::given(path(INBOX))
        .respond_with(ResponseTemplate::new(429).insert_header("retry-after", "1"))
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path(INBOX))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": "F"})))
        .mount(&server)
        .await;
    let stage = stage::set(&server.uri(), 2).await;
    let folder = stage.open(Protocol::Graph).await.folder("inbox").await;
    assert_eq!(folder.unwrap().id, "F");
}

/// A host that counts how many requests it has in hand, and answers none before `answers` lets it.
#[derive(Clone)]
struct Host {
    in_hand: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    arrived: Arc<Semaphore>,
    answers: Arc<Semaphore>,
}

impl Host {
    async fn serve(self, mut socket: TcpStream) {
        let mut head = Vec::new();
        let mut part = [0; 4096];
        loop {
            match socket.read(&mut part).await {
                Ok(0) | Err(_) => return,
                Ok(read) => head.extend_from_slice(&part[..read]),
            }
            if !head.ends_with(b"\r\n\r\n") {
                continue;
            }
            head.clear();
            let now = self.in_hand.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            self.arrived.add_permits(1);
            self.answers.acquire().await.unwrap().forget();
            self.in_hand.fetch_sub(1, Ordering::SeqCst);
            let body = r#"{"id":"F"}"#;
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn no_more_than_four_requests_are_at_a_mailbox_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let host = Host {
        in_hand: Arc::default(),
        most: Arc::default(),
        arrived: Arc::new(Semaphore::new(0)),
        answers: Arc::new(Semaphore::new(0)),
    };
    let counting = host.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(counting.clone().serve(socket));
        }
    });
    let stage = stage::set(&address, 0).await;
    let mut calls = Vec::new();
    for _ in 0..12 {
        let opened = stage.open(Protocol::Graph).await;
        calls.push(tokio::spawn(async move {
            opened.folder("inbox").await.map(drop)
        }));
    }
    for _ in 0..12 {
        host.arrived.acquire().await.unwrap().forget();
        // The fifth and all after it wait until one of the four is answered.
        if host.in_hand.load(Ordering::SeqCst) == 4 || host.most.load(Ordering::SeqCst) == 4 {
            host.answers.add_permits(1);
        }
    }
    host.answers.add_permits(12);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(host.most.load(Ordering::SeqCst), 4);
}
