use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tracing_subscriber::fmt::{MakeWriter, format::FmtSpan};

use super::*;

/// Answers one connection with these bytes, then closes it.
async fn host_answering(answer: &'static [u8]) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut head = [0; 4096];
        let _ = socket.read(&mut head).await;
        let _ = socket.write_all(answer).await;
    });
    format!("http://{address}/path?code=secret-code")
        .parse()
        .unwrap()
}

fn client() -> HttpClient {
    HttpClient::new("graph", Duration::from_secs(10)).unwrap()
}

async fn get(client: &HttpClient, url: Url) -> Result<Response, SendError> {
    let request = client
        .request(Method::GET, url)
        .bearer_auth("secret-token")
        .body("secret-body");
    client.send("delta", request).await
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_span_says_what_happened_and_nothing_secret() {
    let written = Written::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(written.clone())
        .finish();
    let _default = tracing::subscriber::set_default(subscriber);
    let url = host_answering(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n").await;
    get(&client(), url).await.unwrap();

    let shown = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = shown.lines().filter(|l| l.contains("postroom")).collect();
    let closed = ours.iter().find(|l| l.contains("close")).unwrap();
    for part in [
        "graph delta",
        "http.request.method=\"GET\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=503",
        "duration_ms=",
    ] {
        assert!(closed.contains(part), "{part} not in {closed}");
    }
    assert!(ours.iter().all(|l| !l.contains("secret")), "{ours:#?}");
}

#[tokio::test]
async fn durations_are_recorded_by_status_and_by_why_no_answer_came() {
    let metrics = Metrics::new();
    let client = client().with_metrics(&metrics);
    let url = host_answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    get(&client, url).await.unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    get(&client, url.parse().unwrap()).await.unwrap_err();

    let text = metrics.render();
    for status in ["204", "connect"] {
        let labels = format!("operation=\"delta\",status=\"{status}\"");
        assert!(text.contains(&labels), "{labels} not in\n{text}");
    }
}

#[tokio::test]
async fn an_error_has_lost_its_url() {
    let url = host_answering(b"nonsense").await;
    let error = get(&client(), url).await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains("secret"), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let url = host_answering(
        b"HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    assert_eq!(get(&client(), url).await.unwrap().status(), 302);
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_no_further() {
    const ANNOUNCED: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
    const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
        3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for answer in [ANNOUNCED, CHUNKED] {
        let response = get(&client(), host_answering(answer).await).await.unwrap();
        assert_eq!(&read_limited(response, 5).await.unwrap()[..], b"hello");
        let response = get(&client(), host_answering(answer).await).await.unwrap();
        let error = read_limited(response, 4).await.unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { limit: 4 }), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error() {
    let url = host_answering(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello").await;
    let response = get(&client(), url).await.unwrap();
    let error = read_limited(response, 100).await.unwrap_err();
    assert!(matches!(error, ReadError::BrokeOff(_)), "{error}");
}

/// A host that only says how often it was called on.
async fn silent_host() -> (Url, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let calls = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (url.parse().unwrap(), calls)
}

#[tokio::test]
async fn nothing_is_sent_outside_of_the_origins_of_a_client() {
    let metrics = Metrics::new();
    let own = host_answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    let (foreign, calls) = silent_host().await;
    let client = client().with_metrics(&metrics).within(Origins::of(&own));
    get(&client, own.clone()).await.unwrap();
    let mut looks_like_ours = foreign.clone();
    looks_like_ours.set_username("127.0.0.1").unwrap();
    for url in [foreign, looks_like_ours] {
        let error = get(&client, url).await.unwrap_err();
        assert!(matches!(error, SendError::Outside), "{error:?}");
        assert!(error.was_not_sent());
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    assert!(metrics.render().contains("status=\"outside\""));
}

#[tokio::test]
async fn a_client_becomes_only_narrower() {
    let (foreign, calls) = silent_host().await;
    let own = host_answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    let client = client()
        .within(Origins::of(&own))
        .within("http://127.0.0.1:*".parse().unwrap());
    get(&client, own).await.unwrap();
    let error = get(&client, foreign).await.unwrap_err();
    assert!(matches!(error, SendError::Outside), "{error:?}");
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_redirect_leads_nowhere() {
    let (foreign, calls) = silent_host().await;
    let answer =
        format!("HTTP/1.1 307 Elsewhere\r\nlocation: {foreign}\r\ncontent-length: 0\r\n\r\n");
    let own = host_answering(answer.leak().as_bytes()).await;
    let client = client().within(Origins::of(&own));
    assert_eq!(get(&client, own).await.unwrap().status(), 307);
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}
