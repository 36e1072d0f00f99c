//! The API once more: with other settings, or as another process on the same database would be.

use postroom_api::{Api, Limits, Parts};

use super::Stage;

impl Stage {
    /// A stage with these limits.
    pub(crate) async fn limited(limits: Limits) -> Self {
        let mut stage = Self::new().await;
        stage.api = stage.process(|parts| parts.limits = limits);
        stage
    }

    /// An API with the same parts, but for what is changed, and with nothing in its memory.
    pub(crate) fn process(&self, change: impl FnOnce(&mut Parts)) -> Api {
        let mut parts: Parts = (*self.api).clone();
        change(&mut parts);
        Api::new(parts)
    }
}
