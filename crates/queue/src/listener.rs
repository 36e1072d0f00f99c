use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use redis::{
    Cmd, Script,
    aio::ConnectionManager,
    streams::{StreamId, StreamReadOptions, StreamReadReply},
};
use tokio::{sync::Mutex, time::timeout};

use crate::{
    Bell, QueueError,
    connection::{Command as _, Connection},
    doorbell::{mark_key, stream_key},
};

mod abandoned;
mod backoff;

use backoff::Backoff;

/// The one consumer group: every worker does every job.
const GROUP: &str = "workers";
/// What a blocking read may take beyond its block before the connection counts as dead.
const GRACE: Duration = Duration::from_secs(5);

/// Makes an entry's idle time zero, but only while this consumer still holds it.
static RENEW: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local id = ARGV[3]
         local mine = redis.pcall('XPENDING', KEYS[1], ARGV[1], id, id, 1, ARGV[2])
         if mine.err or #mine == 0 then return 0 end
         redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
         return 1",
    )
});

/// Takes bells, each of which no other listener gets until it is abandoned. Cheap to clone: the clones are
/// one consumer, and their calls of [`Listener::next`] wait for each other.
#[derive(Clone)]
pub struct Listener {
    connection: Connection,
    reading: Arc<Mutex<Reading>>,
    consumer: Arc<str>,
}

struct Reading {
    redis: ConnectionManager,
    backoff: Backoff,
}

/// A bell and the receipt to give back when its work is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// What to look at.
    pub bell: Bell,
    /// For [`Listener::done`] and [`Listener::renew`].
    pub receipt: Receipt,
}

/// Names one taken bell to Redis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl Listener {
    pub(crate) fn new(connection: Connection) -> Result<Self, QueueError> {
        let reading = Reading {
            redis: connection.blocking()?,
            backoff: Backoff::default(),
        };
        // A name of its own for each process: two that share one would share their pending list, and what
        // a dead one held would look as if it were in the hands of the living.
        let consumer = Arc::from(connection.clock().new_id().to_string());
        Ok(Self {
            connection,
            reading: Arc::new(Mutex::new(reading)),
            consumer,
        })
    }

    /// Waits at most `block` for bells and takes at most `count` of them; none is an empty list.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away, after a pause that grows from call to call up to
    /// five seconds: the caller may loop without a pause of its own, and work from the book meanwhile.
    pub async fn next(&self, count: usize, block: Duration) -> Result<Vec<Rung>, QueueError> {
        let mut reading = self.reading.lock().await;
        match self.read(&mut reading.redis, count, block).await {
            Ok(entries) => {
                reading.backoff.reset();
                drop(reading);
                Ok(self.take(entries).await)
            }
            Err(error) => {
                reading.redis = self.connection.blocking()?;
                reading.backoff.pause().await;
                Err(error)
            }
        }
    }

    async fn read(
        &self,
        redis: &mut ConnectionManager,
        count: usize,
        block: Duration,
    ) -> Result<Vec<StreamId>, QueueError> {
        let key = stream_key(&self.connection);
        let block_ms = usize::try_from(block.as_millis()).unwrap_or(usize::MAX);
        let options = StreamReadOptions::default()
            .group(GROUP, &*self.consumer)
            .count(count.max(1))
            // Zero would block for ever.
            .block(block_ms.max(1));
        let read = Cmd::xread_options(&[key], &[">"], &options);
        let mut group_made = false;
        loop {
            let answer = timeout(block + GRACE, read.send(redis)).await;
            let reply: Option<StreamReadReply> = match answer {
                Ok(Ok(reply)) => reply,
                // The first read ever, or Redis was emptied. The book still knows everything.
                Ok(Err(error)) if error.code() == Some("NOGROUP") && !group_made => {
                    self.make_group().await?;
                    group_made = true;
                    continue;
                }
                Ok(Err(error)) => return Err(error.into()),
                Err(_) => {
                    let silent = std::io::Error::from(std::io::ErrorKind::TimedOut);
                    return Err(QueueError::Unavailable(silent.into()));
                }
            };
            let keys = reply.map(|reply| reply.keys).unwrap_or_default();
            return Ok(keys.into_iter().flat_map(|key| key.ids).collect());
        }
    }

    /// Makes the group, which must see also what was rung before it. Done twice, it is there.
    async fn make_group(&self) -> Result<(), QueueError> {
        let key = stream_key(&self.connection);
        let make = Cmd::xgroup_create_mkstream(key, GROUP, "0");
        match self.connection.run(&make).await {
            Err(QueueError::Refused(error)) if error.code() == Some("BUSYGROUP") => Ok(()),
            other => other,
        }
    }

    /// Turns entries into bells, and lets their equals be rung again from here on.
    async fn take(&self, entries: Vec<StreamId>) -> Vec<Rung> {
        let mut rungs = Vec::with_capacity(entries.len());
        for entry in entries {
            let receipt = Receipt(entry.id);
            if let Some(bell) = Bell::from_entry(&entry.map) {
                rungs.push(Rung { bell, receipt });
            } else {
                tracing::warn!(entry = receipt.0, "an entry that is no bell was put away");
                self.log_failure(self.done(&receipt).await);
            }
        }
        let mark = |rung: &Rung| mark_key(&self.connection, &rung.bell);
        let marks: Vec<String> = rungs.iter().map(mark).collect();
        if !marks.is_empty() {
            let unmarked = self.connection.run(&Cmd::del(&marks)).await;
            // The marks end by themselves; the bells are taken already and must not be dropped here.
            self.log_failure(unmarked);
        }
        rungs
    }

    fn log_failure(&self, outcome: Result<(), QueueError>) {
        if let Err(error) = outcome {
            tracing::debug!(error = &error as &dyn std::error::Error, "tidying failed");
        }
    }

    /// The work is done, or its next attempt is in the book: the bell is gone for good.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away; the bell will be taken again.
    pub async fn done(&self, receipt: &Receipt) -> Result<(), QueueError> {
        let key = stream_key(&self.connection);
        let mut away = redis::pipe();
        away.atomic()
            .xack(&key, GROUP, &[&receipt.0])
            .xdel(&key, &[&receipt.0]);
        self.connection.run(&away).await
    }

    /// Says that the work goes on, so that nobody counts the bell as abandoned. `false`: somebody already
    /// did, or Redis was emptied; the work may be running twice, and the book's fences must hold.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn renew(&self, receipt: &Receipt) -> Result<bool, QueueError> {
        let mut call = RENEW.key(stream_key(&self.connection));
        call.arg(GROUP).arg(&*self.consumer).arg(&receipt.0);
        self.connection.run(&call).await
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener")
            .field("consumer", &self.consumer)
            .finish_non_exhaustive()
    }
}
