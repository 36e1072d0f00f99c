//! Grants that Microsoft asked us to leave alone for a while, so that a second connection of a grant does not ask again
//! while the first one waits.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::GrantId;

/// Until when each grant is left alone. Cheap to clone; clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Pauses(Arc<Mutex<HashMap<GrantId, DateTime<Utc>>>>);

impl Pauses {
    /// Leaves a grant alone for so long; what is over is forgotten on the way.
    pub(super) fn begin(&self, id: GrantId, now: DateTime<Utc>, wait: Duration) {
        let mut pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pauses.retain(|_, until| now < *until);
        let until = TimeDelta::from_std(wait)
            .ok()
            .and_then(|wait| now.checked_add_signed(wait));
        if let Some(until) = until {
            pauses.insert(id, until);
        }
    }

    /// How long the grant is still to be left alone.
    pub(super) fn left(&self, id: GrantId, now: DateTime<Utc>) -> Option<Duration> {
        let pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = (*pauses.get(&id)? - now).to_std().ok()?;
        (!left.is_zero()).then_some(left)
    }
}
