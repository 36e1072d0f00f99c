//! What a test may change about a site while it runs.

use serde::{Deserialize, Serialize};

/// A site's settings; the control API replaces single ones.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Seconds by which the site's clock is ahead when it signs a token for an app.
    pub(crate) clock_offset_seconds: i64,
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
    /// Whether a webhook's URL names the acting user (`user_id`, `user_key`), which its token then covers.
    pub(crate) webhook_user_query: bool,
    /// How many of the next webhooks are lost on their way.
    pub(crate) lose_webhooks: u32,
    /// Comments that an issue may have.
    pub(crate) comments_per_issue: usize,
    /// Attachments that an issue may have.
    pub(crate) attachments_per_issue: usize,
    /// How the bodies of Forge's events come.
    pub(crate) forge_envelope: Envelope,
    /// How long the back end of a Forge app may take for an event, in milliseconds.
    pub(crate) forge_timeout_ms: u64,
    /// The wait before an event of Forge is sent again, in milliseconds of the world's clock.
    pub(crate) forge_retry_ms: i64,
    /// Product events of Forge with more bytes are not sent.
    pub(crate) forge_event_limit: usize,
    /// How long a system token lives.
    pub(crate) forge_system_token_seconds: i64,
    /// How long after an install the gateway does not know yet what a Forge app may do, in milliseconds.
    pub(crate) forge_permission_lag_ms: i64,
    /// Whether the licence is active; nothing for an app that is not sold.
    pub(crate) forge_license_active: Option<bool>,
}

/// The shape of an event's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Envelope {
    /// The event itself.
    Flat,
    /// The event under `payload`.
    Payload,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock_offset_seconds: 0,
            attachment_limit: 10 * 1024 * 1024,
            index_lag_ms: 0,
            points_limit: 65_000,
            burst: true,
            webhook_retry_ms: 200,
            webhook_timeout_ms: 20_000,
            webhook_user_query: true,
            lose_webhooks: 0,
            comments_per_issue: 5_000,
            attachments_per_issue: 2_000,
            forge_envelope: Envelope::Flat,
            forge_timeout_ms: 5_000,
            forge_retry_ms: 60_000,
            forge_event_limit: 200_000,
            forge_system_token_seconds: 4 * 60 * 60,
            forge_permission_lag_ms: 0,
            forge_license_active: Some(true),
        }
    }
}
