//! What became of each attempt to send a webhook.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::outbox::Outgoing;

/// One attempt.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Delivery {
    /// The same in all attempts, and when it is delivered again.
    pub(crate) identifier: String,
    pub(crate) event: &'static str,
    pub(crate) url: String,
    /// 0 for the first attempt.
    pub(crate) attempt: u32,
    /// Nothing when the receiver was not reached, or when the webhook was lost on purpose.
    pub(crate) status: Option<u16>,
    pub(crate) lost: bool,
    pub(crate) at: DateTime<Utc>,
    /// What was sent, to send it again.
    #[serde(skip)]
    pub(crate) outgoing: Outgoing,
}
