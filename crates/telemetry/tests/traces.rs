//! Logging is set up once for a process, so this file holds one test.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::time::Duration;

use postroom_telemetry::{LogFormat, logs};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::timeout,
};

/// Takes one request and answers 200.
async fn collector(listener: TcpListener) -> Vec<u8> {
    let (mut socket, _) = listener.accept().await.unwrap();
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    while !contains(&request, "the_span") {
        let n = socket.read(&mut buffer).await.unwrap();
        assert_ne!(n, 0, "the exporter hung up");
        request.extend_from_slice(&buffer[..n]);
    }
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    socket.write_all(answer).await.unwrap();
    request
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

/// The service runs on single-threaded runtimes: the exporter must not need one of its own.
#[tokio::test(flavor = "current_thread")]
async fn the_last_spans_reach_the_collector_when_the_guard_goes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    let guard = logs::init(LogFormat::Json, "info", Some(&endpoint)).unwrap();
    tracing::info_span!("the_span").in_scope(|| tracing::info!("inside"));

    let sent = tokio::task::spawn_blocking(move || guard.shutdown());
    let request = timeout(Duration::from_secs(20), collector(listener))
        .await
        .expect("a request to the collector");
    sent.await.unwrap();
    assert!(request.starts_with(b"POST /v1/traces "));
    assert!(contains(&request, "application/x-protobuf"));
    assert!(contains(&request, "postroom"), "the service's name");

    logs::init(LogFormat::Json, "info", None).expect_err("a second call");
    let wrong = logs::init(LogFormat::Json, "=,=", None).unwrap_err();
    assert!(matches!(wrong, logs::InitError::Filter { .. }), "{wrong}");
}
