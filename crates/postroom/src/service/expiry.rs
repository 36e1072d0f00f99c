use std::time::Duration;

use chrono::{DateTime, Utc};
use postroom_clock::Clock;
use postroom_registry::registration::warning;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(12 * 60 * 60);

/// Says in the log, from 30 days before its end on, that the credential of our own app registration expires: with it
/// every connection that uses it would stand still.
pub(super) async fn run(expires_at: DateTime<Utc>, clock: Clock, stop: CancellationToken) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match warning(clock.now(), expires_at) {
            None => {}
            Some(0) => {
                tracing::error!(%expires_at, "the credential of our app registration has expired");
            }
            Some(days) if days <= 3 => {
                tracing::error!(%expires_at, "the credential of our app registration expires within {days} days");
            }
            Some(days) => {
                tracing::warn!(%expires_at, "the credential of our app registration expires within {days} days");
            }
        }
    }
}
