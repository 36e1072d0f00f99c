//! Time and ids as arguments.
//!
//! Whatever needs the time or a new id takes a [`Clock`]. The service runs on [`Clock::system`]; a test
//! or a simulator runs on [`Clock::manual`] and moves it:
//!
//! ```
//! # use chrono::{TimeDelta, Utc, TimeZone};
//! # use postroom_clock::Clock;
//! let clock = Clock::manual(Utc.with_ymd_and_hms(2026, 11, 24, 8, 0, 0).unwrap());
//! let before = clock.now();
//! clock.advance(TimeDelta::minutes(5));
//! assert_eq!(clock.now() - before, TimeDelta::minutes(5));
//! ```
//!
//! The ambient sources (`Utc::now`, `Uuid::now_v7`) are forbidden everywhere else by clippy.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng as _;
use uuid::{Builder, Uuid};

/// Where the time comes from. Cheap to clone; clones share what [`Clock::advance`] moved.
#[derive(Clone, Debug)]
pub struct Clock {
    base: Base,
    offset_ms: Arc<AtomicI64>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    System,
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The machine's own time.
    pub fn system() -> Self {
        Self::on(Base::System)
    }

    /// A clock that stands still at `start` until somebody moves it.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self::on(Base::Fixed(start))
    }

    fn on(base: Base) -> Self {
        Self {
            base,
            offset_ms: Arc::default(),
        }
    }

    /// Now, in UTC, to the microsecond: PostgreSQL keeps no more, and a value must survive the round trip.
    pub fn now(&self) -> DateTime<Utc> {
        let base = match self.base {
            Base::System => system_now(),
            Base::Fixed(start) => start,
        };
        let now = base + TimeDelta::milliseconds(self.offset_ms.load(Ordering::SeqCst));
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Moves this clock and all its clones, forward or (for a clock that jumps) back.
    pub fn advance(&self, by: TimeDelta) {
        self.offset_ms
            .fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// A new id: UUID version 7 (RFC 9562), so that ids sort by the time of this clock.
    pub fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        let mut random = [0u8; 10];
        rand::rng().fill_bytes(&mut random);
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the machine for its time"
)]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
    }

    #[test]
    fn clones_share_the_moved_time() {
        let clock = Clock::manual(noon());
        let other = clock.clone();
        clock.advance(TimeDelta::days(90));
        assert_eq!(other.now(), noon() + TimeDelta::days(90));
    }

    #[test]
    fn ids_are_version_7_distinct_and_sorted_by_the_clock() {
        let clock = Clock::manual(noon());
        let first = clock.new_id();
        assert_ne!(first, clock.new_id());
        assert_eq!(first.get_version_num(), 7);
        clock.advance(TimeDelta::milliseconds(1));
        assert!(first < clock.new_id());
    }

    #[test]
    fn the_time_has_no_more_than_microseconds() {
        let now = Clock::system().now();
        assert_eq!(now.timestamp_subsec_nanos() % 1000, 0);
    }
}
