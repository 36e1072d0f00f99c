//! Change notifications ("Microsoft Graph API change notifications"): subscriptions, what they tell, and how it gets
//! to those who subscribed.
//!
//! ```text
//!  mailbox changes ─► collect (every 20 ms) ─► batch for each URL ─► POST ─► 2xx within 3 s
//!                                                   ▲ later, for four hours │ anything else
//!                                                   └──────────────────────┘
//! ```

mod clockwork;
mod collect;
mod deliver;
mod lifecycle;
mod subscription;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use self::clockwork::run;
pub(super) use self::{
    deliver::{Delivery, http_client},
    lifecycle::Lifecycle,
    subscription::{Kinds, LIFE, Subscription},
};

/// All subscriptions of the world, and what is on its way because of them.
#[derive(Debug)]
pub(super) struct Subscriptions {
    pub(super) all: BTreeMap<Uuid, Subscription>,
    waiting: Vec<Batch>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) settings: Settings,
    pub(super) http: reqwest::Client,
}

/// What shall go otherwise than usual; the control API replaces all of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    /// So many requests with notifications never leave.
    pub(super) drop: u32,
    /// So many subscriptions are refused as if their URL had answered wrongly.
    pub(super) fail_validations: u32,
    /// So many notifications have another clientState, as forged ones have.
    pub(super) forge_client_state: u32,
    /// Milliseconds that a URL has to answer the validation.
    pub(super) validation_timeout_ms: u64,
    /// Milliseconds that a URL has to take notifications.
    pub(super) delivery_timeout_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            drop: 0,
            fail_validations: 0,
            forge_client_state: 0,
            validation_timeout_ms: 10_000,
            delivery_timeout_ms: 3_000,
        }
    }
}

/// Notifications for one URL, told in one request.
#[derive(Clone, Debug)]
struct Batch {
    url: String,
    values: Vec<Value>,
    /// Of whom these are.
    subscriptions: Vec<Uuid>,
    is_lifecycle: bool,
    attempt: u32,
    first: DateTime<Utc>,
    next: DateTime<Utc>,
}

impl Subscriptions {
    pub(super) fn new(http: reqwest::Client) -> Self {
        Self {
            all: BTreeMap::new(),
            waiting: Vec::new(),
            deliveries: Vec::new(),
            settings: Settings::default(),
            http,
        }
    }
}

/// Takes one of a number of times; whether there was one left.
pub(super) fn take(times: &mut u32) -> bool {
    let some = *times > 0;
    *times -= u32::from(some);
    some
}
