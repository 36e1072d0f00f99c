use std::{
    io,
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use postroom_clock::Clock;
use postroom_queue::{Bell, Doorbell};
use tempfile::TempDir;

/// A Redis of one test's own, on a socket in a folder that goes with it. Keeps nothing on disk.
pub(crate) struct Server {
    child: Option<Child>,
    folder: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        let mut server = Self {
            child: None,
            folder: tempfile::tempdir().unwrap(),
        };
        server.start_again();
        server
    }

    pub(crate) fn start_again(&mut self) {
        assert!(self.child.is_none());
        let child = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--appendonly", "no"])
            .arg("--unixsocket")
            .arg(self.socket())
            .arg("--dir")
            .arg(self.folder.path())
            .stdout(Stdio::null())
            .spawn();
        let child = match child {
            Err(error) if error.kind() == io::ErrorKind::NotFound => panic!(
                "these tests need redis-server on PATH; on Debian: apt-get install redis-server"
            ),
            other => other.unwrap(),
        };
        self.child = Some(child);
        let started = Instant::now();
        while UnixStream::connect(self.socket()).is_err() {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "redis-server did not start"
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn kill(&mut self) {
        let mut child = self.child.take().expect("a running server");
        child.kill().unwrap();
        child.wait().unwrap();
        std::fs::remove_file(self.socket()).unwrap();
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    pub(crate) fn doorbell(&self) -> Doorbell {
        Doorbell::connect(&self.url(), "test", &Clock::system()).unwrap()
    }

    /// A connection of the test's own, to look behind the scenes.
    pub(crate) async fn redis(&self) -> redis::aio::MultiplexedConnection {
        let client = redis::Client::open(self.url()).unwrap();
        client.get_multiplexed_async_connection().await.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A bell with an id of its own.
pub(crate) fn bell(kind: &str) -> Bell {
    let clock = Clock::system();
    Bell::new(kind, clock.new_id(), clock.new_id())
}

/// Long enough for any machine; tests end as soon as what they wait for is there.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// "Do not wait for a bell."
pub(crate) const NOW: Duration = Duration::from_millis(1);
