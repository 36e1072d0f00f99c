//! Message sources: connections that receive.

use chrono::{DateTime, Utc};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::{
    GrantId, OutboundId, RegistryError, SourceId, TenantId, TenantTx,
    connection::{ConnectionState, Protocol, StateDetail},
    vocabulary::vocabulary,
};

mod change;
mod create;
mod life;
mod poll;
mod reconcile;
mod to_graph;

pub use change::{Change, Folder, Target, change, delete};
pub use create::{NewSource, create};
pub use life::{apply, rebind, sign_in, silence};
pub use poll::{Lease, PollEnd, advance, end_poll, forget_cursor, lease, poll_now};
pub use reconcile::{Reconciled, end_reconcile, reconcile_now};
pub use to_graph::{Moved, begin_move, moved_to_graph, moving};

vocabulary! {
    /// What happens to a mail in its mailbox once Jira has it.
    Settle {
        /// Nothing.
        Leave = "leave",
        /// It is marked read.
        MarkRead = "mark_read",
        /// It is moved to a folder.
        Move = "move",
        /// It gets a category.
        Categorise = "categorise",
        /// It is deleted: moved to Deleted Items.
        Delete = "delete",
    }
}

/// A source's row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_source")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SourceId,
    /// The grant that it reads with.
    pub grant_id: GrantId,
    /// What answers go out by.
    pub outbound_id: Option<OutboundId>,
    /// For people.
    pub name: String,
    /// The address that it reads.
    pub mailbox: String,
    /// The wire.
    pub protocol: Protocol,
    /// How it is.
    pub state: ConnectionState,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// Why.
    #[sea_orm(column_type = "JsonBinary")]
    pub state_detail: StateDetail,
    /// Failed polls in a row.
    pub failures: i32,
    /// The folder that is read, by id.
    pub folder_id: String,
    /// Its name for people.
    pub folder_name: String,
    /// What to go on from: Graph's link, or EWS's sync state.
    pub cursor: Option<String>,
    /// Mail from before is not read; none means everything.
    pub start_from: Option<DateTime<Utc>>,
    /// Where its mail goes.
    pub project_id: Option<String>,
    /// For people.
    pub project_key: Option<String>,
    /// For people.
    pub project_name: Option<String>,
    /// What it becomes.
    pub issue_type_id: Option<String>,
    /// For people.
    pub issue_type_name: Option<String>,
    /// What happens to a mail afterwards.
    pub settle: Settle,
    /// Where to, when it is moved.
    pub settle_folder_id: Option<String>,
    /// Fences polls.
    pub lease_epoch: i64,
    /// Until when a poll has it.
    pub lease_until: Option<DateTime<Utc>>,
    /// When the next poll is due.
    pub next_poll_at: DateTime<Utc>,
    /// The adaptive distance of polls.
    pub poll_interval_seconds: i32,
    /// When a poll last went to its end.
    pub last_success_at: Option<DateTime<Utc>>,
    /// When the last mail was received.
    pub last_mail_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When a person deleted it; its ledger stays.
    pub deleted_at: Option<DateTime<Utc>>,
    /// That folder's name for people.
    pub settle_folder_name: Option<String>,
    /// The category that mails get, where it is another than ours.
    pub settle_category: Option<String>,
    /// When its folder is counted against the ledger next.
    pub reconcile_at: Option<DateTime<Utc>>,
    /// Whether that counts the whole folder, because a person asked.
    pub reconcile_whole: bool,
    /// When it last was.
    pub reconciled_at: Option<DateTime<Utc>>,
    /// Mails in the folder then.
    pub reconciled_in_folder: Option<i64>,
    /// Of these in the ledger before.
    pub reconciled_in_ledger: Option<i64>,
    /// Of these taken in thereby.
    pub reconciled_imported: Option<i64>,
    /// When a poll last found nothing more to read.
    pub caught_up_at: Option<DateTime<Utc>>,
    /// Silence is counted from here at the earliest.
    pub watched_from: DateTime<Utc>,
    /// While it moves to Graph: ids translated so far.
    pub moving_done: Option<i64>,
    /// While it moves to Graph: ids to translate.
    pub moving_total: Option<i64>,
    /// When it went from EWS to Graph.
    pub moved_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The source, if this tenant has it and nobody deleted it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: SourceId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The source, also one that was deleted: its mails still end.
///
/// # Errors
/// [`RegistryError::Missing`] when this tenant never had it.
pub async fn find_even_deleted(tx: &TenantTx, id: SourceId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// All that nobody deleted, in the order of their making.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &TenantTx) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::CreatedAt)
        .all(tx.conn())
        .await?)
}

/// The source, locked until the transaction ends.
async fn locked(tx: &TenantTx, id: SourceId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
        .lock_exclusive()
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}
