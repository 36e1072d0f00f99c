//! Notifications about a subscription itself ("Reduce missing change notifications with lifecycle notifications").

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Batch, Subscription};

/// `lifecycleEventType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::microsoft) enum Lifecycle {
    ReauthorizationRequired,
    SubscriptionRemoved,
    Missed,
}

impl Lifecycle {
    fn name(self) -> &'static str {
        match self {
            Self::ReauthorizationRequired => "reauthorizationRequired",
            Self::SubscriptionRemoved => "subscriptionRemoved",
            Self::Missed => "missed",
        }
    }

    /// The notification; nothing for a subscription without a URL for these.
    pub(super) fn batch(self, of: &Subscription, now: DateTime<Utc>) -> Option<Batch> {
        let mut value = of.marked();
        if let Value::Object(value) = &mut value {
            value.insert("lifecycleEvent".into(), json!(self.name()));
            value.insert("resource".into(), json!(of.resource));
        }
        Some(Batch {
            url: of.lifecycle_url.clone()?,
            values: vec![value],
            subscriptions: vec![of.id],
            is_lifecycle: true,
            attempt: 0,
            first: now,
            next: now,
        })
    }
}
