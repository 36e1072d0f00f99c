//! When to try again.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

const FIRST: TimeDelta = TimeDelta::seconds(10);
const LONGEST: TimeDelta = TimeDelta::hours(6);

/// The time of the next try after `attempts` tries: what the other side asked for, else twice as long each time up
/// to six hours. `spread` (0 to 1) moves it by up to a fifth, so that what failed together does not come back
/// together.
pub(crate) fn next_try(
    now: DateTime<Utc>,
    attempts: i32,
    asked: Option<Duration>,
    spread: f64,
) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(16);
    let grown = (FIRST * (1 << doublings)).min(LONGEST);
    let asked = asked.and_then(|asked| TimeDelta::from_std(asked).ok());
    let wait = asked.unwrap_or(grown);
    let percent = 100 + (spread.clamp(0.0, 1.0) * 20.0) as i32;
    now + wait * percent / 100
}

/// A number from 0 to 1 made of an id: ids are random at their end, and no generator need be passed around.
pub(crate) fn spread(id: uuid::Uuid) -> f64 {
    f64::from(id.as_bytes()[15]) / 255.0
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
    }

    #[test]
    fn it_grows_to_six_hours_and_no_further() {
        let wait = |attempts| next_try(noon(), attempts, None, 0.0) - noon();
        assert_eq!(wait(1), TimeDelta::seconds(10));
        assert_eq!(wait(2), TimeDelta::seconds(20));
        assert_eq!(wait(40), LONGEST);
    }

    #[test]
    fn what_the_other_side_asks_for_is_obeyed_and_spread_forward_only() {
        let asked = Some(Duration::from_secs(100));
        assert_eq!(
            next_try(noon(), 9, asked, 0.0) - noon(),
            TimeDelta::seconds(100)
        );
        assert_eq!(
            next_try(noon(), 9, asked, 1.0) - noon(),
            TimeDelta::seconds(120)
        );
    }
}
