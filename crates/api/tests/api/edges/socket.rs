//! A listener of the API, and a connection that sends what it likes.

use std::{net::SocketAddr, net::TcpListener, time::Duration};

use actix_web::dev::ServerHandle;
use postroom_api::{Api, Listening};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// How long a test waits before it gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Server {
    pub(crate) fn start(api: &Api, how: &Listening) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = postroom_api::listen(api, listener, how).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, handle }
    }

    pub(crate) async fn connect(&self) -> Socket {
        Socket {
            stream: TcpStream::connect(self.address).await.unwrap(),
            read: Vec::new(),
        }
    }

    /// Serves as if nothing had happened.
    pub(crate) async fn answers(&self) {
        let mut socket = self.connect().await;
        socket
            .send("GET /atlassian-connect.json HTTP/1.1\r\nHost: p\r\n\r\n")
            .await;
        let answer = socket.answer().await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

pub(crate) struct Socket {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Socket {
    /// A peer that has enough may close while we write.
    pub(crate) async fn send(&mut self, text: &str) -> bool {
        self.stream.write_all(text.as_bytes()).await.is_ok()
    }

    /// Says that nothing more will be sent.
    pub(crate) async fn half_closes(&mut self) {
        self.stream.shutdown().await.unwrap();
    }

    /// Head and body of the next answer, by its length.
    pub(crate) async fn answer(&mut self) -> String {
        while !self.has_answer() {
            if !self.more().await {
                break;
            }
        }
        let length = self.answer_length().unwrap_or(self.read.len());
        let answer: Vec<u8> = self.read.drain(..length).collect();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Everything until the peer closes.
    pub(crate) async fn rest(&mut self) -> String {
        while self.more().await {}
        String::from_utf8_lossy(&self.read).into_owned()
    }

    /// The peer closes and says nothing more.
    pub(crate) async fn is_closed(&mut self) {
        let rest = self.rest().await;
        assert_eq!(rest, "");
    }

    /// Sends the same again and again, slowly, until there is an answer; for as long as a test waits.
    pub(crate) async fn trickle(&mut self, text: &str) -> String {
        const BETWEEN: Duration = Duration::from_millis(20);
        let mut tick = tokio::time::interval(BETWEEN);
        let mut left = PATIENCE.as_millis() / BETWEEN.as_millis();
        while !self.has_answer() && left > 0 {
            left -= 1;
            tokio::select! {
                more = self.more() => if !more { break },
                _ = tick.tick() => {}
            }
            self.send(text).await;
        }
        self.answer().await
    }

    /// Sends the same so many times, as fast as it goes, and takes the answer.
    pub(crate) async fn pour(&mut self, text: &str, times: usize) -> String {
        for _ in 0..times {
            let sent = tokio::time::timeout(PATIENCE, self.send(text)).await;
            if sent != Ok(true) {
                break;
            }
        }
        self.answer().await
    }

    fn has_answer(&self) -> bool {
        self.answer_length()
            .is_some_and(|length| self.read.len() >= length)
    }

    fn answer_length(&self) -> Option<usize> {
        let head = self.read.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let text = String::from_utf8_lossy(&self.read[..head]).to_lowercase();
        let (_, rest) = text.split_once("content-length: ")?;
        let length: usize = rest.split_once("\r\n")?.0.parse().unwrap();
        Some(head + length)
    }

    async fn more(&mut self) -> bool {
        let mut buffer = [0; 4096];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut buffer)).await;
        match read.expect("the server neither answers nor closes") {
            Ok(0) | Err(_) => false,
            Ok(length) => {
                self.read.extend_from_slice(&buffer[..length]);
                true
            }
        }
    }
}
