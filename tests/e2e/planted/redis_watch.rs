//! What goes into Redis: every command that it is given, and what it holds at the end.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use redis::{AsyncCommands as _, Client, Value, aio::MultiplexedConnection, cmd};
use tokio::task::JoinHandle;

/// Watches from its start on. Other tests' commands are seen, too: a key outside our prefix would be no less of a leak.
pub(crate) struct Watch {
    client: Client,
    prefix: String,
    seen: Arc<Mutex<Vec<u8>>>,
    watching: JoinHandle<()>,
}

impl Watch {
    pub(crate) async fn start(url: &str, prefix: &str) -> Self {
        let client = Client::open(url).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let monitor = client.get_async_monitor().await.unwrap();
        let kept = Arc::clone(&seen);
        let watching = tokio::spawn(async move {
            let mut lines = std::pin::pin!(monitor.into_on_message::<String>());
            while let Some(line) = lines.next().await {
                let mut kept = kept.lock().unwrap();
                kept.extend_from_slice(&unescaped(&line));
                kept.push(b'\n');
            }
        });
        Self {
            client,
            prefix: prefix.to_owned(),
            seen,
            watching,
        }
    }

    /// Writes a key beside the service's own.
    pub(crate) async fn plant(&self, value: &str) {
        let key = format!("{}:planted", self.prefix);
        let () = self.connection().await.set(key, value).await.unwrap();
    }

    pub(crate) async fn unplant(&self) {
        let key = format!("{}:planted", self.prefix);
        let () = self.connection().await.del(key).await.unwrap();
    }

    /// Everything that stands under our prefix.
    pub(crate) async fn contents(&self) -> Vec<u8> {
        let mut connection = self.connection().await;
        let mut contents = Vec::new();
        for key in self.keys().await {
            contents.extend_from_slice(&key);
            flatten(&value_of(&mut connection, &key).await, &mut contents);
        }
        contents
    }

    /// Everything that was ever said to Redis since the start.
    pub(crate) fn seen(&self) -> Vec<u8> {
        assert!(!self.watching.is_finished(), "Redis sent the watcher away");
        self.seen.lock().unwrap().clone()
    }

    async fn keys(&self) -> Vec<Vec<u8>> {
        let mut connection = self.connection().await;
        let pattern = format!("*{}*", self.prefix);
        let keys = connection.scan_match::<_, Vec<u8>>(pattern).await.unwrap();
        keys.map(Result::unwrap).collect().await
    }

    async fn connection(&self) -> MultiplexedConnection {
        self.client
            .get_multiplexed_async_connection()
            .await
            .unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

async fn value_of(connection: &mut MultiplexedConnection, key: &[u8]) -> Value {
    let kind: String = cmd("TYPE").arg(key).query_async(connection).await.unwrap();
    let ask = match kind.as_str() {
        "string" => cmd("GET").arg(key).to_owned(),
        "hash" => cmd("HGETALL").arg(key).to_owned(),
        "list" => cmd("LRANGE").arg(key).arg(0).arg(-1).to_owned(),
        "set" => cmd("SMEMBERS").arg(key).to_owned(),
        "zset" => cmd("ZRANGE").arg(key).arg(0).arg(-1).to_owned(),
        "stream" => cmd("XRANGE").arg(key).arg("-").arg("+").to_owned(),
        // Gone since it was listed.
        "none" => return Value::Nil,
        other => panic!("a key of type {other}: say how it is read"),
    };
    ask.query_async(connection).await.unwrap()
}

fn flatten(value: &Value, into: &mut Vec<u8>) {
    match value {
        Value::BulkString(bytes) => into.extend_from_slice(bytes),
        Value::SimpleString(text) => into.extend_from_slice(text.as_bytes()),
        Value::Array(values) | Value::Set(values) => {
            for value in values {
                flatten(value, into);
                into.push(b' ');
            }
        }
        Value::Map(pairs) => {
            for (name, value) in pairs {
                flatten(name, into);
                into.push(b' ');
                flatten(value, into);
                into.push(b' ');
            }
        }
        other => into.extend_from_slice(format!("{other:?}").as_bytes()),
    }
    into.push(b'\n');
}

/// MONITOR shows bytes that are no letters as C does: `\x00`, `\n`, `\"`.
fn unescaped(line: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(line.len());
    let mut rest = line.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let Some((&code, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        match code {
            b'x' if rest.len() >= 2 => {
                bytes.extend(hex::decode(&rest[..2]).unwrap_or_default());
                rest = &rest[2..];
            }
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            other => bytes.push(other),
        }
    }
    bytes
}

#[test]
fn lines_of_monitor_are_read_back() {
    let line = r#"1.2 [0 127.0.0.1:1] "set" "a\"b" "\x00\xffz\n""#;
    let read = unescaped(line);
    assert!(read.ends_with(b"\"a\"b\" \"\x00\xffz\n\""), "{read:?}");
}
