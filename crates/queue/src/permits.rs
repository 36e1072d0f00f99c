use std::{sync::LazyLock, time::Duration};

use rand::RngExt as _;
use redis::{Cmd, Script};
use tokio::time::{Instant, sleep};

use crate::{QueueError, connection::Connection, doorbell::millis};

/// A sorted set of holders by the time their permit ends, on Redis's own clock: the processes' clocks
/// differ. Taking it again with the same name renews it, so the call may be repeated. While the key is paused
/// nothing is given, and the answer is what is left of the pause, as a negative number.
static ACQUIRE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local pause = redis.call('PTTL', KEYS[2])
         if pause > 0 then return -pause end
         local time = redis.call('TIME')
         local now = time[1] * 1000 + math.floor(time[2] / 1000)
         local limit, hold, holder = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
         redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
         local held = redis.call('ZSCORE', KEYS[1], holder)
         if not held and redis.call('ZCARD', KEYS[1]) >= limit then return 0 end
         redis.call('ZADD', KEYS[1], now + hold, holder)
         redis.call('PEXPIRE', KEYS[1], math.max(hold, redis.call('PTTL', KEYS[1])))
         return 1",
    )
});

/// Sets a pause, or makes it longer; a shorter one never ends it.
static PAUSE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
           redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
         end
         return 1",
    )
});

/// Between two tries: short at first, because requests are.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);
const LONGEST_WAIT: Duration = Duration::from_millis(200);

/// At most so many at once, over all processes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Permits {
    connection: Connection,
}

/// One of the places. Give it back with [`Permit::release`]; dropping it does the same in the background,
/// and a process that dies gives it back when its time ends.
#[derive(Debug)]
#[must_use = "the permit is given back when it is dropped"]
pub struct Permit {
    connection: Connection,
    key: String,
    pause_key: String,
    holder: String,
    held: bool,
}

/// What a try to take a place came to.
enum Try {
    Taken,
    Full,
    Paused(Duration),
}

impl Permits {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Takes one of the `limit` places of `key` (`mailbox:…`), waiting for one at most `wait`. `None`: all
    /// were taken all the time, or the key is paused for longer ([`Permits::paused`] says so). The place is free again after `hold_for` even if nobody releases it, so
    /// that must be longer than the longest request.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away: go on without a permit.
    pub async fn acquire(
        &self,
        key: &str,
        limit: u32,
        hold_for: Duration,
        wait: Duration,
    ) -> Result<Option<Permit>, QueueError> {
        let mut permit = Permit {
            key: self.connection.own_key("permits", key),
            pause_key: self.pause_key(key),
            holder: self.connection.clock().new_id().to_string(),
            connection: self.connection.clone(),
            held: false,
        };
        let deadline = Instant::now() + wait;
        let mut pause = SHORTEST_WAIT;
        loop {
            // From here on the place may be ours, even if the answer is lost or the caller gives up.
            permit.held = true;
            let tried = permit.try_take(limit, hold_for).await?;
            if matches!(tried, Try::Taken) {
                return Ok(Some(permit));
            }
            permit.held = false;
            let left = deadline.saturating_duration_since(Instant::now());
            match tried {
                Try::Paused(pause) if pause > left => return Ok(None),
                Try::Paused(pause) => {
                    sleep(pause).await;
                    continue;
                }
                _ if left.is_zero() => return Ok(None),
                _ => {}
            }
            let chance = rand::rng().random_range(0.5..=1.0);
            sleep(pause.mul_f64(chance).min(left)).await;
            pause = (pause * 2).min(LONGEST_WAIT);
        }
    }

    /// Gives no place of `key` away for this time, in any process: the other side said `Retry-After`. What is held
    /// stays held; a pause that lasts longer already stays.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn pause(&self, key: &str, time: Duration) -> Result<(), QueueError> {
        let mut call = PAUSE.key(self.pause_key(key));
        call.arg(millis(time).max(1));
        self.connection.run(&call).await
    }

    /// What is left of the pause of `key`.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn paused(&self, key: &str) -> Result<Option<Duration>, QueueError> {
        let left: i64 = self.connection.run(&Cmd::pttl(self.pause_key(key))).await?;
        Ok(u64::try_from(left)
            .ok()
            .filter(|left| *left > 0)
            .map(Duration::from_millis))
    }

    fn pause_key(&self, key: &str) -> String {
        self.connection.own_key("pauses", key)
    }
}

impl Permit {
    async fn try_take(&self, limit: u32, hold_for: Duration) -> Result<Try, QueueError> {
        let mut call = ACQUIRE.key(&self.key);
        call.key(&self.pause_key);
        call.arg(limit).arg(millis(hold_for)).arg(&self.holder);
        let answer: i64 = self.connection.run(&call).await?;
        Ok(match answer {
            1 => Try::Taken,
            0 => Try::Full,
            pause => Try::Paused(Duration::from_millis(pause.unsigned_abs())),
        })
    }

    /// Gives the place back.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away; the place is free when its time ends.
    pub async fn release(mut self) -> Result<(), QueueError> {
        let released = give_back(&self.connection, &self.key, &self.holder).await;
        self.held = false;
        released
    }
}

async fn give_back(connection: &Connection, key: &str, holder: &str) -> Result<(), QueueError> {
    connection.run(&Cmd::zrem(key, holder)).await
}

impl Drop for Permit {
    fn drop(&mut self) {
        if !self.held {
            return;
        }
        // A request that was cancelled must not keep its place for the rest of `hold_for`.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (connection, key) = (self.connection.clone(), std::mem::take(&mut self.key));
            let holder = std::mem::take(&mut self.holder);
            runtime.spawn(async move {
                if let Err(error) = give_back(&connection, &key, &holder).await {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "a permit was left to end by itself"
                    );
                }
            });
        }
    }
}
