//! What dead workers left: their bells, and their names.

use std::time::Duration;

use redis::{
    Cmd,
    streams::{StreamAutoClaimOptions, StreamAutoClaimReply, StreamInfoConsumersReply},
};

use super::{GROUP, Listener, Rung};
use crate::{
    QueueError,
    doorbell::{millis, stream_key},
};

/// Entries looked at in one call.
const PAGE: usize = 100;

impl Listener {
    /// Takes over bells that nobody has renewed for `min_idle`, which must be longer than the time between
    /// two renewals. Call it now and then until it gives none.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn claim_abandoned(&self, min_idle: Duration) -> Result<Vec<Rung>, QueueError> {
        let mut from = "0-0".to_owned();
        loop {
            let page = self.claim_page(&from, min_idle).await?;
            // A page may hold nothing but entries that are gone from the stream; the next may hold bells.
            if !page.claimed.is_empty() || page.next_stream_id == "0-0" {
                return Ok(self.take(page.claimed).await);
            }
            from = page.next_stream_id;
        }
    }

    async fn claim_page(
        &self,
        from: &str,
        min_idle: Duration,
    ) -> Result<StreamAutoClaimReply, QueueError> {
        let key = stream_key(&self.connection);
        let options = StreamAutoClaimOptions::default().count(PAGE);
        let idle = millis(min_idle);
        let claim = Cmd::xautoclaim_options(key, GROUP, &*self.consumer, idle, from, options);
        match self.connection.run(&claim).await {
            Err(QueueError::Refused(error)) if error.code() == Some("NOGROUP") => {
                Ok(StreamAutoClaimReply {
                    next_stream_id: "0-0".to_owned(),
                    ..StreamAutoClaimReply::default()
                })
            }
            other => other,
        }
    }

    /// Forgets the names of consumers that hold nothing and have not read for `min_idle` (longer than any
    /// block of [`Listener::next`]), and says how many. Without it each restart would leave a name.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away.
    pub async fn forget_dead(&self, min_idle: Duration) -> Result<usize, QueueError> {
        let key = stream_key(&self.connection);
        let names = Cmd::xinfo_consumers(&key, GROUP);
        let known: StreamInfoConsumersReply = match self.connection.run(&names).await {
            // No stream or no group yet: nobody to forget.
            Err(QueueError::Refused(_)) => return Ok(0),
            other => other?,
        };
        let idle_ms = usize::try_from(min_idle.as_millis()).unwrap_or(usize::MAX);
        let mut forgotten = 0;
        for dead in known
            .consumers
            .iter()
            .filter(|c| c.pending == 0 && c.idle >= idle_ms && *c.name != *self.consumer)
        {
            let forget = Cmd::xgroup_delconsumer(&key, GROUP, &dead.name);
            self.connection.run::<()>(&forget).await?;
            forgotten += 1;
        }
        Ok(forgotten)
    }
}
