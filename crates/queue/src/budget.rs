use std::{sync::LazyLock, time::Duration};

use redis::Script;

use crate::{QueueError, connection::Connection};

/// The generic cell rate algorithm: one number, the time at which the budget would be full again, in
/// microseconds of Redis's own clock. `ARGV`: cost of one unit in microseconds, burst, cost, pause.
///
/// A cost above the burst passes when the budget is full, and is paid in full afterwards: otherwise it
/// would never pass.
static TAKE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local time = redis.call('TIME')
         local now = time[1] * 1000000 + time[2]
         local unit, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
         local cost, pause = tonumber(ARGV[3]), tonumber(ARGV[4])
         local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
         if pause > 0 then
           full = math.max(full, now + pause + (burst - 1) * unit)
         else
           local wait = full + math.min(cost, burst) * unit - burst * unit - now
           if wait > 0 then return math.ceil(wait) end
           full = full + cost * unit
         end
         if full > now then
           local text = string.format('%.0f', full)
           redis.call('SET', KEYS[1], text, 'PX', math.ceil((full - now) / 1000) + 1)
         end
         return 0",
    )
});

/// How much is allowed in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many units …
    pub units: u32,
    /// … in each such time, steadily;
    pub per: Duration,
    /// and so many at once after a rest. At least 1.
    pub burst: u32,
}

/// What [`Budget::take`] answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Taken {
    /// Go on; the units are paid.
    Allowed,
    /// Nothing was paid. Try again after this time.
    RetryAfter(Duration),
}

/// At most so much in a time, over all processes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Budget {
    connection: Connection,
}

impl Budget {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Takes `cost` units from the budget `key` (`jira:…`), all or nothing.
    ///
    /// # Errors
    /// [`QueueError::Unavailable`] when Redis is away: go on, and let the host say when it is too much.
    pub async fn take(&self, key: &str, rate: Rate, cost: u32) -> Result<Taken, QueueError> {
        let wait = self.call(key, rate, cost, Duration::ZERO).await?;
        Ok(match wait {
            0 => Taken::Allowed,
            micros => Taken::RetryAfter(Duration::from_micros(micros)),
        })
    }

    /// Lets nothing pass for this time, in any process: the host said `Retry-After`.
    ///
    /// # Errors
    /// As [`Budget::take`].
    pub async fn pause(&self, key: &str, rate: Rate, time: Duration) -> Result<(), QueueError> {
        self.call(key, rate, 0, time.max(Duration::from_micros(1)))
            .await?;
        Ok(())
    }

    async fn call(
        &self,
        key: &str,
        rate: Rate,
        cost: u32,
        pause: Duration,
    ) -> Result<u64, QueueError> {
        let unit = rate.per.as_secs_f64() * 1e6 / f64::from(rate.units.max(1));
        let mut call = TAKE.key(self.connection.own_key("budget", key));
        call.arg(unit)
            .arg(rate.burst.max(1))
            .arg(cost)
            .arg(u64::try_from(pause.as_micros()).unwrap_or(u64::MAX));
        self.connection.run(&call).await
    }
}
