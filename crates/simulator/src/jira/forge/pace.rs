//! Waiting by the world's clock, which a test may move.

use std::time::Duration;

use chrono::{DateTime, Utc};
use postroom_clock::Clock;

/// How often the clock is looked at: nobody tells when a test moves it.
const LOOK: Duration = Duration::from_millis(50);

/// Returns when the clock shows `due`.
pub(crate) async fn until(clock: &Clock, due: DateTime<Utc>) {
    loop {
        let left = (due - clock.now()).to_std().unwrap_or_default();
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(LOOK)).await;
    }
}
