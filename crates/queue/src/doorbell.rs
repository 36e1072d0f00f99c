use std::{sync::LazyLock, time::Duration};

use postroom_clock::Clock;
use redis::{Cmd, Script};

use crate::{
    Bell, Budget, Listener, Permits, QueueError,
    bell::{ID, KIND, TENANT},
    connection::Connection,
};

/// Bells kept at most. More than that means that no worker listens, and the book has them all.
const LONGEST: usize = 100_000;
/// How long a bell that waits swallows its equals, should nobody take it.
const COLLAPSE: Duration = Duration::from_secs(30);
/// Bells for one call of the script, so that no call holds Redis for long.
const CHUNK: usize = 500;

/// Adds each bell that does not wait already. `KEYS`: the stream, then a mark for each bell.
static RING: LazyLock<Script> = LazyLock::new(|| {
    Script::new(&format!(
        "local added = 0
         for i = 2, #KEYS do
           if redis.call('SET', KEYS[i], 1, 'NX', 'PX', ARGV[1]) then
             local a = 3 * (i - 2) + 3
             redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*',
               '{KIND}', ARGV[a], '{TENANT}', ARGV[a + 1], '{ID}', ARGV[a + 2])
             added = added + 1
           end
         end
         return added"
    ))
});

/// Remembers a key for a time. The value is the caller's own name, so that a command which is sent again after a
/// broken connection finds itself and not a stranger.
static ONCE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
         return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0",
    )
});

/// Rings for workers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Doorbell {
    connection: Connection,
}

impl Doorbell {
    /// A doorbell on the Redis at `url` (`redis://`, `rediss://` or `unix://`), with keys under `prefix`.
    /// Connects with the first call; needs a Tokio runtime.
    ///
    /// # Errors
    /// [`QueueError::Address`] for an address that cannot be read.
    pub fn connect(url: &str, prefix: &str, clock: &Clock) -> Result<Self, QueueError> {
        let connection = Connection::new(url, prefix, clock)?;
        Ok(Self { connection })
    }

    /// Rings for one row. A bell that already waits is not added again; one that a worker has taken is.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away: the sweeper will ring.
    pub async fn ring(&self, bell: &Bell) -> Result<(), QueueError> {
        self.ring_many(std::slice::from_ref(bell)).await?;
        Ok(())
    }

    /// Rings for many rows and says how many of the bells did not wait already.
    ///
    /// # Errors
    /// As [`Doorbell::ring`]; some of the bells may have been rung.
    pub async fn ring_many(&self, bells: &[Bell]) -> Result<usize, QueueError> {
        let mut added = 0;
        for chunk in bells.chunks(CHUNK) {
            added += self.ring_chunk(chunk).await?;
        }
        Ok(added)
    }

    async fn ring_chunk(&self, bells: &[Bell]) -> Result<usize, QueueError> {
        let mut call = RING.key(stream_key(&self.connection));
        call.arg(millis(COLLAPSE)).arg(LONGEST);
        for bell in bells {
            call.key(mark_key(&self.connection, bell))
                .arg(&bell.kind)
                .arg(bell.tenant.to_string())
                .arg(bell.id.to_string());
        }
        self.connection.run(&call).await
    }

    /// Whether this is the first call with `key` within `ttl`, over all processes: true once, then false until the
    /// time is over.
    ///
    /// What it remembers can be lost with Redis: use it where a repetition is unwanted, never where it would do harm.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away; whether the key was remembered is unknown then.
    pub async fn once(&self, key: &str, ttl: Duration) -> Result<bool, QueueError> {
        let own = self.connection.clock().new_id().to_string();
        self.once_as(key, &own, ttl).await
    }

    /// As [`Doorbell::once`], but who comes again with the same `name` is let through: true for the first call with
    /// `key` and for every repetition of it, false for a call with another name.
    ///
    /// # Errors
    /// As [`Doorbell::once`].
    pub async fn once_as(&self, key: &str, name: &str, ttl: Duration) -> Result<bool, QueueError> {
        let mut call = ONCE.key(self.connection.own_key("once", key));
        call.arg(name).arg(millis(ttl).max(1));
        self.connection.run(&call).await
    }

    /// Whether [`Doorbell::once`] was called with `key` and its time is not over. Changes nothing.
    ///
    /// # Errors
    /// As [`Doorbell::once`].
    pub async fn was_once(&self, key: &str) -> Result<bool, QueueError> {
        let call = Cmd::exists(self.connection.own_key("once", key));
        self.connection.run(&call).await
    }

    /// How many bells wait or are in a worker's hands.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn pending(&self) -> Result<u64, QueueError> {
        let length = Cmd::xlen(stream_key(&self.connection));
        self.connection.run(&length).await
    }

    /// Asks Redis for a sign of life, for the readiness check.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn ping(&self) -> Result<(), QueueError> {
        self.connection.run(&Cmd::ping()).await
    }

    /// A listener of its own name and with a connection of its own. One for a process is enough.
    ///
    /// # Errors
    /// When the connection cannot be prepared; Redis itself is not asked yet.
    pub fn listener(&self) -> Result<Listener, QueueError> {
        Listener::new(self.connection.clone())
    }

    /// Concurrency limits on the same Redis.
    pub fn permits(&self) -> Permits {
        Permits::new(self.connection.clone())
    }

    /// Rate limits on the same Redis.
    pub fn budget(&self) -> Budget {
        Budget::new(self.connection.clone())
    }
}

pub(crate) fn stream_key(connection: &Connection) -> String {
    connection.bells_key("bells")
}

/// The mark that says "this bell waits already".
pub(crate) fn mark_key(connection: &Connection, bell: &Bell) -> String {
    connection.bells_key(&format!("waits:{}:{}", bell.kind, bell.id))
}

/// Milliseconds as Redis takes them.
pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
