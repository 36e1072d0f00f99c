//! What there is to tell at a moment.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{Batch, Lifecycle, Subscription, take};
use crate::microsoft::{
    cloud::Cloud,
    mailbox::{Happened, Mailbox},
};

/// Reauthorisation is asked for so long before the access ends.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Notifications in one request.
const BATCH: usize = 100;

impl Cloud {
    /// All that must be sent now.
    pub(super) fn notifications_due(&mut self, now: DateTime<Utc>) -> Vec<Batch> {
        self.end_subscriptions(now);
        self.ask_to_reauthorize(now);
        self.gather(now);
        let waiting = std::mem::take(&mut self.subscriptions.waiting);
        let (due, later) = waiting
            .into_iter()
            .partition(|batch: &Batch| batch.next <= now);
        self.subscriptions.waiting = later;
        due
    }

    /// Lets go of what has expired, and of what its user may no longer have; only this is told.
    fn end_subscriptions(&mut self, now: DateTime<Utc>) {
        let users = &self.users;
        let lost = |subscription: &Subscription| {
            users.get(&subscription.mailbox).is_none_or(|user| {
                user.disabled || !user.licensed || user.revocations > subscription.revocations
            })
        };
        let waiting = &mut self.subscriptions.waiting;
        self.subscriptions.all.retain(|_, subscription| {
            if subscription.expires <= now {
                return false;
            }
            let lost = lost(subscription);
            if lost {
                waiting.extend(Lifecycle::SubscriptionRemoved.batch(subscription, now));
            }
            !lost
        });
    }

    fn ask_to_reauthorize(&mut self, now: DateTime<Utc>) {
        for subscription in self.subscriptions.all.values_mut() {
            let soon = subscription.access_expires - AHEAD <= now;
            if soon && !subscription.asked_to_reauthorize {
                subscription.asked_to_reauthorize = true;
                let batch = Lifecycle::ReauthorizationRequired.batch(subscription, now);
                self.subscriptions.waiting.extend(batch);
            }
        }
    }

    /// Turns new changes of the mailboxes into batches, one for each URL.
    fn gather(&mut self, now: DateTime<Utc>) {
        let mut by_url: BTreeMap<String, Batch> = BTreeMap::new();
        for subscription in self.subscriptions.all.values_mut() {
            let Some(mailbox) = self.mailboxes.get(&subscription.mailbox) else {
                continue;
            };
            let happened = mailbox.happened(subscription.folder, subscription.seen);
            subscription.seen = mailbox.now_at();
            // Whoever was asked to reauthorise and did not, hears no more.
            let silent = subscription.access_expires <= now && subscription.lifecycle_url.is_some();
            for change in happened {
                let Some(name) = subscription.kinds.name(change.kind) else {
                    continue;
                };
                if silent {
                    subscription.has_missed = true;
                    continue;
                }
                let mut value = notification(subscription, mailbox, change, name);
                if take(&mut self.subscriptions.settings.forge_client_state) {
                    value["clientState"] = json!("forged");
                }
                let url = &subscription.notification_url;
                let batch = by_url
                    .entry(url.clone())
                    .or_insert_with(|| Batch::new(url, now));
                batch.values.push(value);
                batch.subscriptions.push(subscription.id);
            }
        }
        for batch in by_url.into_values() {
            self.subscriptions.waiting.extend(batch.in_parts());
        }
    }

    /// Tells a subscriber about the subscription.
    pub(in crate::microsoft) fn tell_lifecycle(
        &mut self,
        event: Lifecycle,
        id: uuid::Uuid,
        now: DateTime<Utc>,
    ) -> bool {
        let subscription = self.subscriptions.all.get(&id);
        let batch = subscription.and_then(|subscription| event.batch(subscription, now));
        if event == Lifecycle::SubscriptionRemoved {
            self.subscriptions.all.remove(&id);
        }
        let told = batch.is_some();
        self.subscriptions.waiting.extend(batch);
        told
    }
}

impl Batch {
    fn new(url: &str, now: DateTime<Utc>) -> Self {
        Self {
            url: url.to_owned(),
            values: Vec::new(),
            subscriptions: Vec::new(),
            is_lifecycle: false,
            attempt: 0,
            first: now,
            next: now,
        }
    }

    fn in_parts(self) -> Vec<Self> {
        let subscriptions = self.subscriptions.chunks(BATCH);
        let parts = self.values.chunks(BATCH).zip(subscriptions);
        let part = |(values, subscriptions): (&[Value], &[uuid::Uuid])| Self {
            values: values.to_vec(),
            subscriptions: subscriptions.to_vec(),
            ..self.clone()
        };
        parts.map(part).collect()
    }
}

/// Resource type changeNotification.
fn notification(
    subscription: &Subscription,
    mailbox: &Mailbox,
    change: Happened,
    name: &str,
) -> Value {
    let id = match subscription.immutable {
        true => mailbox.immutable_id(change.mail),
        false => mailbox.mutable_id(change.form),
    };
    let resource = format!("Users/{}/Messages/{id}", subscription.oid);
    let mut value = subscription.marked();
    if let Value::Object(value) = &mut value {
        value.insert("changeType".into(), json!(name));
        value.insert("resource".into(), json!(resource));
        let data = json!({
            "@odata.type": "#Microsoft.Graph.Message",
            "@odata.id": resource,
            "@odata.etag": format!("W/\"{}\"", change.serial),
            "id": id,
        });
        value.insert("resourceData".into(), data);
    }
    value
}
