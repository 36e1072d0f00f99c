use chrono::{DateTime, Utc};
use postroom_registry::{RegistryError, TenantTx, grant, source, statistics};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    connection::{Facts, Kind, State, describe},
    routes::vocabulary::words,
};

words! {
    /// What happens to a mail in its mailbox once Jira has it.
    Settle of source::Settle {
        /// Nothing.
        Leave,
        /// It is marked read.
        MarkRead,
        /// It is moved to a folder.
        Move,
    }
}

/// A connection that receives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    id: Uuid,
    /// For people.
    name: String,
    /// The address that it reads.
    mailbox: String,
    /// `graph`.
    protocol: String,
    /// How it is, in words.
    pub(crate) state: State,
    /// Whose sign-in it uses.
    signed_in_as: String,
    folder: Folder,
    /// Where its mail goes; none yet for a new source.
    #[schema(required)]
    target: Option<Target>,
    settle: Settle,
    /// Mail from before is not read; null means everything.
    #[schema(required)]
    start_from: Option<DateTime<Utc>>,
    /// When a check last went to its end.
    #[schema(required)]
    last_success_at: Option<DateTime<Utc>>,
    /// When the last mail was received.
    #[schema(required)]
    last_mail_at: Option<DateTime<Utc>>,
    /// When the next check is due.
    next_poll_at: DateTime<Utc>,
    /// Mails of which something is still to be done.
    waiting: i64,
    /// Mails in the ledger.
    total: i64,
    /// What answers go out by.
    #[schema(required)]
    outbound_id: Option<Uuid>,
    created_at: DateTime<Utc>,
}

/// A mail folder.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Folder {
    /// Microsoft's id.
    id: String,
    /// In the mailbox's language.
    name: String,
}

/// A project and an issue type.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Target {
    project_id: String,
    project_key: String,
    project_name: String,
    issue_type_id: String,
    issue_type_name: String,
}

/// What the panel sees of a source.
pub(crate) async fn view(tx: &TenantTx, row: source::Model) -> Result<Source, RegistryError> {
    let count = statistics::of_source(tx, row.id).await?;
    let signed_in_as = grant::find(tx, row.grant_id).await?.user_principal_name;
    let target = target(&row);
    let state = describe(&Facts {
        kind: Kind::Source {
            has_target: target.is_some(),
            last_mail_at: row.last_mail_at,
        },
        state: row.state,
        since: row.state_since,
        detail: &row.state_detail,
        signed_in_as: &signed_in_as,
        last_success_at: row.last_success_at,
        waiting: count.waiting,
        now: tx.clock().now(),
    });
    Ok(Source {
        id: row.id.0,
        name: row.name,
        mailbox: row.mailbox,
        protocol: row.protocol.word().to_owned(),
        state,
        signed_in_as,
        folder: Folder {
            id: row.folder_id,
            name: row.folder_name,
        },
        target,
        settle: row.settle.into(),
        start_from: row.start_from,
        last_success_at: row.last_success_at,
        last_mail_at: row.last_mail_at,
        next_poll_at: row.next_poll_at,
        waiting: count.waiting,
        total: count.total,
        outbound_id: row.outbound_id.map(|id| id.0),
        created_at: row.created_at,
    })
}

fn target(row: &source::Model) -> Option<Target> {
    Some(Target {
        project_id: row.project_id.clone()?,
        project_key: row.project_key.clone()?,
        project_name: row.project_name.clone()?,
        issue_type_id: row.issue_type_id.clone()?,
        issue_type_name: row.issue_type_name.clone()?,
    })
}
