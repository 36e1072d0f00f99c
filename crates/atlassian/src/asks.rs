//! How often a key server is asked because of a key id that nobody has proved: anybody can make key ids up.

use chrono::{DateTime, TimeDelta, Utc};

/// A budget of questions that fills up again, one after the other. A spent budget gives one question each
/// [`Asks::REFILL`], so that a real new key is not shut out for longer than that while made-up ones pour in.
#[derive(Debug, Default)]
pub(crate) struct Asks {
    /// The time at which the budget is whole again.
    whole_at: DateTime<Utc>,
}

impl Asks {
    /// Questions after a rest.
    pub(crate) const BURST: i32 = 10;
    /// One more each such time: ten a minute.
    pub(crate) const REFILL: TimeDelta = TimeDelta::seconds(6);

    /// Takes one question, if there is one.
    pub(crate) fn take(&mut self, now: DateTime<Utc>) -> bool {
        let all = Self::REFILL * Self::BURST;
        // A clock that was set back must not make us wait for it.
        self.whole_at = self.whole_at.clamp(now, now + all);
        let after = self.whole_at + Self::REFILL;
        let left = after <= now + all;
        if left {
            self.whole_at = after;
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::now;

    fn taken(asks: &mut Asks, at: DateTime<Utc>) -> usize {
        (0..100).filter(|_| asks.take(at)).count()
    }

    #[test]
    fn a_burst_and_then_one_after_the_other() {
        let mut asks = Asks::default();
        let at = |seconds| now() + TimeDelta::seconds(seconds);
        assert_eq!(taken(&mut asks, at(0)), 10);
        assert_eq!(taken(&mut asks, at(5)), 0);
        assert_eq!(taken(&mut asks, at(6)), 1);
        assert_eq!(taken(&mut asks, at(18)), 2);
        assert_eq!(taken(&mut asks, at(3600)), 10);
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out() {
        let mut asks = Asks::default();
        taken(&mut asks, now());
        let earlier = now() - TimeDelta::days(1);
        assert!(!asks.take(earlier));
        assert!(asks.take(earlier + Asks::REFILL));
    }
}
