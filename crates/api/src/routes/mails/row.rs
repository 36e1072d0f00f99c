use chrono::{DateTime, Utc};
use postroom_registry::mail;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::vocabulary::words;

words! {
    /// The one state of a mail. All but the first are terminal.
    MailState of mail::MailState {
        /// Something is still to be done.
        Waiting,
        /// It is in Jira.
        Delivered,
        /// It was not to become anything, by a rule.
        Ignored,
        /// It was refused by a rule.
        Rejected,
        /// A person must decide.
        Held,
        /// It could not be delivered; its raw body is kept.
        Dead,
    }
}

/// A mail in the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailRow {
    id: Uuid,
    source_id: Uuid,
    /// When the mailbox got it.
    received_at: DateTime<Utc>,
    /// Null where the mail names nobody.
    #[schema(required)]
    from_name: Option<String>,
    from_address: String,
    subject: String,
    state: MailState,
    /// Why it is in that state, in words.
    reason: String,
    /// The issue that it is in.
    #[schema(required)]
    issue_key: Option<String>,
    /// How many files it carries.
    attachments: i32,
}

impl From<&mail::Model> for MailRow {
    fn from(row: &mail::Model) -> Self {
        Self {
            id: row.id.0,
            source_id: row.source_id.0,
            received_at: row.received_at,
            from_name: Some(row.from_name.clone()).filter(|name| !name.is_empty()),
            from_address: row.from_address.clone(),
            subject: row.subject.clone(),
            state: row.state.into(),
            reason: row.reason.clone(),
            issue_key: row.issue_key.clone(),
            attachments: row.attachments,
        }
    }
}
