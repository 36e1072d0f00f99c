//! One subscription (resource type subscription).

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::microsoft::mailbox::{ChangeKind, FolderKey};

/// Longest life of a subscription to messages.
pub(in crate::microsoft) const LIFE: TimeDelta = TimeDelta::minutes(10_080);

/// What somebody wants to hear of.
#[derive(Clone, Debug)]
pub(in crate::microsoft) struct Subscription {
    pub(in crate::microsoft) id: Uuid,
    pub(in crate::microsoft) client_id: String,
    pub(in crate::microsoft) tid: Uuid,
    pub(in crate::microsoft) oid: Uuid,
    /// Address of the mailbox, which is the subscriber's own.
    pub(in crate::microsoft) mailbox: String,
    /// Revocations of the user that came before.
    pub(in crate::microsoft) revocations: u32,
    pub(in crate::microsoft) resource: String,
    /// One folder, or all.
    pub(in crate::microsoft) folder: Option<FolderKey>,
    pub(in crate::microsoft) kinds: Kinds,
    pub(in crate::microsoft) notification_url: String,
    pub(in crate::microsoft) lifecycle_url: Option<String>,
    pub(in crate::microsoft) client_state: Option<String>,
    pub(in crate::microsoft) expires: DateTime<Utc>,
    /// End of the access that it was made or renewed with.
    pub(in crate::microsoft) access_expires: DateTime<Utc>,
    pub(in crate::microsoft) immutable: bool,
    /// Last change of the mailbox that was looked at.
    pub(in crate::microsoft) seen: u64,
    pub(in crate::microsoft) asked_to_reauthorize: bool,
    /// Something was not told while its access had ended.
    pub(in crate::microsoft) has_missed: bool,
}

/// The kinds of change in `changeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::microsoft) struct Kinds {
    created: bool,
    updated: bool,
    deleted: bool,
}

impl Kinds {
    /// Nothing when there is none, or one that does not exist.
    pub(in crate::microsoft) fn parse(text: &str) -> Option<Self> {
        let mut kinds = Self {
            created: false,
            updated: false,
            deleted: false,
        };
        for word in text.split(',') {
            match word.trim().to_ascii_lowercase().as_str() {
                "created" => kinds.created = true,
                "updated" => kinds.updated = true,
                "deleted" => kinds.deleted = true,
                _ => return None,
            }
        }
        Some(kinds)
    }

    /// The name of a change, when it is wanted.
    pub(super) fn name(self, kind: ChangeKind) -> Option<&'static str> {
        let (wanted, name) = match kind {
            ChangeKind::Created | ChangeKind::Returned => (self.created, "created"),
            ChangeKind::Updated | ChangeKind::ReadFlag => (self.updated, "updated"),
            ChangeKind::Removed => (self.deleted, "deleted"),
        };
        wanted.then_some(name)
    }

    fn text(self) -> String {
        let all = [
            (self.created, "created"),
            (self.updated, "updated"),
            (self.deleted, "deleted"),
        ];
        let wanted = all.into_iter().filter(|(wanted, _)| *wanted);
        wanted.map(|(_, name)| name).collect::<Vec<_>>().join(",")
    }
}

impl Subscription {
    /// As Graph shows it.
    pub(in crate::microsoft) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "resource": self.resource,
            "applicationId": self.client_id,
            "changeType": self.kinds.text(),
            "clientState": self.client_state,
            "notificationUrl": self.notification_url,
            "notificationQueryOptions": null,
            "lifecycleNotificationUrl": self.lifecycle_url,
            "expirationDateTime": spelled(self.expires),
            "creatorId": self.oid,
            "includeResourceData": null,
            "latestSupportedTlsVersion": "v1_2",
            "encryptionCertificate": null,
            "encryptionCertificateId": null,
            "notificationUrlAppId": null,
        })
    }

    /// What every notification of it says.
    pub(super) fn marked(&self) -> Value {
        json!({
            "subscriptionId": self.id,
            "subscriptionExpirationDateTime": spelled(self.expires),
            "clientState": self.client_state,
            "tenantId": self.tid,
        })
    }

    /// Another access stands for it from now on.
    pub(in crate::microsoft) fn authorize(&mut self, access_expires: DateTime<Utc>) {
        self.access_expires = access_expires;
        self.asked_to_reauthorize = false;
    }
}

pub(super) fn spelled(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_and_written() {
        let kinds = Kinds::parse("updated, created").unwrap();
        assert_eq!(kinds.text(), "created,updated");
        assert_eq!(kinds.name(ChangeKind::ReadFlag), Some("updated"));
        assert_eq!(kinds.name(ChangeKind::Removed), None);
        assert_eq!(Kinds::parse(""), None);
        assert_eq!(Kinds::parse("created,moved"), None);
    }
}
