use std::{
    fmt,
    hash::Hash,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};

/// After a rest, so many times a second's worth may come at once.
const BURST: u32 = 4;
/// After so many passes, the keys that have rested are forgotten.
const TIDY_EVERY: u32 = 4096;

/// A rate for each key (the generic cell rate algorithm). Knows only keys that asked lately.
pub(super) struct Gate<K: Hash + Eq + Clone, C: Clock = DefaultClock> {
    limiter: Option<Limiter<K, C>>,
    passes: AtomicU32,
}

type Limiter<K, C> = RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

impl<K: Hash + Eq + Clone> Gate<K> {
    /// 0 is no limit.
    pub(super) fn new(per_second: u32) -> Self {
        Self::on(DefaultClock::default(), per_second)
    }
}

impl<K: Hash + Eq + Clone, C: Clock> Gate<K, C> {
    fn on(clock: C, per_second: u32) -> Self {
        let quota = |rate: NonZeroU32| {
            let burst = NonZeroU32::new(BURST).map_or(rate, |burst| rate.saturating_mul(burst));
            Quota::per_second(rate).allow_burst(burst)
        };
        Self {
            limiter: NonZeroU32::new(per_second)
                .map(|rate| RateLimiter::new(quota(rate), DashMapStateStore::default(), clock)),
            passes: AtomicU32::new(0),
        }
    }

    /// Counts one.
    ///
    /// # Errors
    /// How long to wait before the next is let through.
    pub(super) fn pass(&self, key: &K) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        if self.passes.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            limiter.retain_recent();
        }
        limiter
            .check_key(key)
            .map_err(|until| until.wait_time_from(limiter.clock().now()))
    }
}

impl<K: Hash + Eq + Clone, C: Clock> fmt::Debug for Gate<K, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn passed(gate: &Gate<u32, FakeRelativeClock>, key: u32, tries: u32) -> usize {
        (0..tries).filter(|_| gate.pass(&key).is_ok()).count()
    }

    #[test]
    fn a_burst_passes_then_the_rate_and_each_key_has_its_own() {
        let clock = FakeRelativeClock::default();
        let gate = Gate::on(clock.clone(), 5);
        assert_eq!(passed(&gate, 1, 100), 20);
        assert_eq!(passed(&gate, 2, 1), 1);
        let wait = gate.pass(&1).unwrap_err();
        assert_eq!(wait, Duration::from_millis(200));
        clock.advance(wait);
        assert_eq!(passed(&gate, 1, 100), 1);
        clock.advance(Duration::from_secs(2));
        assert_eq!(passed(&gate, 1, 100), 10);
    }

    #[test]
    fn keys_that_rested_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let gate = Gate::on(clock.clone(), 1);
        for key in 0..TIDY_EVERY - 1 {
            gate.pass(&key).unwrap();
        }
        clock.advance(Duration::from_secs(60));
        gate.pass(&0).unwrap();
        assert_eq!(gate.limiter.as_ref().map(RateLimiter::len), Some(1));
    }

    #[test]
    fn nothing_is_no_limit() {
        let gate = Gate::on(FakeRelativeClock::default(), 0);
        assert_eq!(passed(&gate, 1, 10_000), 10_000);
    }
}
