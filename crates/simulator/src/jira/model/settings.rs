//! What a test may change about a site while it runs.

use serde::{Deserialize, Serialize};

/// A site's settings; the control API replaces single ones.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The largest attachment, in bytes.
    pub(crate) attachment_limit: u64,
    /// How long a search does not see what was just written, in milliseconds.
    pub(crate) index_lag_ms: u64,
    /// Points an hour for each app, all sites together.
    pub(crate) points_limit: u64,
    /// Whether the bursts of an endpoint and the writes of an issue are limited.
    pub(crate) burst: bool,
    /// The first wait before a webhook is sent again, in milliseconds; it doubles each time.
    pub(crate) webhook_retry_ms: u64,
    /// How long a webhook's receiver may take, in milliseconds.
    pub(crate) webhook_timeout_ms: u64,
    /// How many of the next webhooks are lost on their way.
    pub(crate) lose_webhooks: u32,
    /// Comments that an issue may have.
    pub(crate) comments_per_issue: usize,
    /// Attachments that an issue may have.
    pub(crate) attachments_per_issue: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            attachment_limit: 10 * 1024 * 1024,
            index_lag_ms: 0,
            points_limit: 65_000,
            burst: true,
            webhook_retry_ms: 200,
            webhook_timeout_ms: 20_000,
            lose_webhooks: 0,
            comments_per_issue: 5_000,
            attachments_per_issue: 2_000,
        }
    }
}
