use std::time::Duration;

use postroom_registry::Registry;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::MasterKeySource;

/// How soon a new first key seals; a key that wraps a tenant already is looked for at once.
const EVERY: Duration = Duration::from_secs(30);

/// Reads the master keys again and again, so that a rotation needs no restart. A list that cannot be read leaves the
/// known keys in place.
pub(super) async fn run(source: MasterKeySource, registry: Registry, stop: CancellationToken) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match source.load().await {
            Ok(keys) => registry.replace_master_keys(keys),
            Err(error) => {
                tracing::error!(
                    cause = format!("{error:#}"),
                    "the master keys cannot be read again"
                );
            }
        }
    }
}
