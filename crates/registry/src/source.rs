//! Message sources: connections that receive.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, entity::prelude::*,
    sea_query::ExprTrait as _,
};

use crate::{
    GrantId, OutboundId, RegistryError, SourceId, TenantId, TenantTx,
    connection::{ConnectionState, Protocol, StateDetail},
    vocabulary::vocabulary,
};

vocabulary! {
    /// What happens to a mail in its mailbox once Jira has it.
    Settle {
        /// Nothing.
        Leave = "leave",
        /// It is marked read.
        MarkRead = "mark_read",
        /// It is moved to a folder.
        Move = "move",
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
    /// Graph's link to go on from.
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
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What makes a source.
#[derive(Debug)]
pub struct NewSource {
    /// The grant that it reads with.
    pub grant_id: GrantId,
    /// What answers go out by.
    pub outbound_id: Option<OutboundId>,
    /// The address that it reads.
    pub mailbox: String,
    /// The folder's id.
    pub folder_id: String,
    /// The folder's name.
    pub folder_name: String,
    /// Seconds to the second poll.
    pub poll_interval_seconds: i32,
}

/// Makes a source: active at once, reading from now on, its first poll due at once. Mail waits until it has a
/// project to go to.
///
/// # Errors
/// When the database does not answer.
pub async fn create(tx: &TenantTx, new: NewSource) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(SourceId(tx.clock().new_id())),
        grant_id: Set(new.grant_id),
        outbound_id: Set(new.outbound_id),
        name: Set(new.mailbox.clone()),
        mailbox: Set(new.mailbox),
        protocol: Set(Protocol::Graph),
        state: Set(ConnectionState::Active),
        state_since: Set(now),
        state_detail: Set(StateDetail::default()),
        failures: Set(0),
        folder_id: Set(new.folder_id),
        folder_name: Set(new.folder_name),
        cursor: Set(None),
        start_from: Set(Some(now)),
        project_id: Set(None),
        project_key: Set(None),
        project_name: Set(None),
        issue_type_id: Set(None),
        issue_type_name: Set(None),
        settle: Set(Settle::MarkRead),
        settle_folder_id: Set(None),
        lease_epoch: Set(0),
        lease_until: Set(None),
        next_poll_at: Set(now),
        poll_interval_seconds: Set(new.poll_interval_seconds),
        last_success_at: Set(None),
        last_mail_at: Set(None),
        created_at: Set(now),
        deleted_at: Set(None),
    };
    Ok(row.insert(tx.conn()).await?)
}

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

/// What a person may change. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Where its mail goes.
    pub target: Option<Target>,
    /// What happens to a mail afterwards.
    pub settle: Option<Settle>,
    /// From when on mail is read; the inner none means everything. The folder is walked anew: the ledger knows
    /// what it has.
    pub start_from: Option<Option<DateTime<Utc>>>,
    /// What answers go out by.
    pub outbound_id: Option<OutboundId>,
}

/// A project and an issue type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Jira's id.
    pub project_id: String,
    /// For people.
    pub project_key: String,
    /// For people.
    pub project_name: String,
    /// Jira's id.
    pub issue_type_id: String,
    /// For people.
    pub issue_type_name: String,
}

/// Changes a source.
///
/// # Errors
/// When the database does not answer.
pub async fn change(tx: &TenantTx, source: Model, change: Change) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let mut row = source.into_active_model();
    if let Some(name) = change.name {
        row.name = Set(name);
    }
    if let Some(target) = change.target {
        row.project_id = Set(Some(target.project_id));
        row.project_key = Set(Some(target.project_key));
        row.project_name = Set(Some(target.project_name));
        row.issue_type_id = Set(Some(target.issue_type_id));
        row.issue_type_name = Set(Some(target.issue_type_name));
    }
    if let Some(settle) = change.settle {
        row.settle = Set(settle);
    }
    if let Some(start_from) = change.start_from {
        row.start_from = Set(start_from);
        row.cursor = Set(None);
        row.next_poll_at = Set(now);
        row.lease_epoch = Set(row.lease_epoch.take().unwrap_or_default() + 1);
        row.lease_until = Set(None);
    }
    if let Some(outbound) = change.outbound_id {
        row.outbound_id = Set(Some(outbound));
    }
    Ok(row.update(tx.conn()).await?)
}

/// A new state with its reason. The same state keeps its `since`.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(
    tx: &TenantTx,
    source: Model,
    state: ConnectionState,
    detail: StateDetail,
) -> Result<Model, RegistryError> {
    let changed = source.state != state;
    let mut row = source.into_active_model();
    if changed {
        row.state = Set(state);
        row.state_since = Set(tx.clock().now());
    }
    row.state_detail = Set(detail);
    if state == ConnectionState::Active {
        row.failures = Set(0);
    }
    Ok(row.update(tx.conn()).await?)
}

/// Makes the next poll due now.
///
/// # Errors
/// When the database does not answer.
pub async fn poll_now(tx: &TenantTx, source: Model) -> Result<Model, RegistryError> {
    let mut row = source.into_active_model();
    row.next_poll_at = Set(tx.clock().now());
    Ok(row.update(tx.conn()).await?)
}

/// Binds all sources of these grants to `to`; those that needed a sign-in go on from their cursor at once.
///
/// # Errors
/// When the database does not answer.
pub async fn rebind(tx: &TenantTx, from: &[GrantId], to: GrantId) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    Entity::update_many()
        .col_expr(Column::GrantId, Expr::value(to))
        .filter(Column::GrantId.is_in(from.iter().copied()))
        .exec(tx.conn())
        .await?;
    Entity::update_many()
        .col_expr(Column::State, Expr::value(ConnectionState::Active))
        .col_expr(Column::StateSince, Expr::value(now))
        .col_expr(Column::StateDetail, Expr::value(StateDetail::default()))
        .col_expr(Column::Failures, Expr::value(0))
        .col_expr(Column::NextPollAt, Expr::value(now))
        .filter(Column::GrantId.eq(to))
        .filter(Column::State.ne(ConnectionState::Paused))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Deleted for people; the row and its ledger stay. Its cursor is dropped.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, source: Model) -> Result<(), RegistryError> {
    let epoch = source.lease_epoch;
    let mut row = source.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.cursor = Set(None);
    row.lease_epoch = Set(epoch + 1);
    row.update(tx.conn()).await?;
    Ok(())
}

/// A poll's hold on a source. Every write of the poll names its epoch, so a poll that was overtaken writes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Of which source.
    pub source: SourceId,
    /// Which hold.
    pub epoch: i64,
}

/// Takes the source's lease for `hold`, unless another poll has it.
///
/// # Errors
/// When the database does not answer.
pub async fn lease(
    tx: &TenantTx,
    id: SourceId,
    hold: TimeDelta,
) -> Result<Option<Lease>, RegistryError> {
    let now = tx.clock().now();
    let taken = Entity::update_many()
        .col_expr(Column::LeaseEpoch, Expr::col(Column::LeaseEpoch).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(now + hold))
        .filter(Column::Id.eq(id))
        .filter(Column::DeletedAt.is_null())
        .filter(Column::LeaseUntil.is_null().or(Column::LeaseUntil.lte(now)))
        .exec_with_returning(tx.conn())
        .await?;
    Ok(taken.first().map(|row| Lease {
        source: id,
        epoch: row.lease_epoch,
    }))
}

/// Moves the cursor and prolongs the lease: to be committed together with the rows of the page.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn advance(
    tx: &TenantTx,
    lease: Lease,
    cursor: &str,
    newest: Option<DateTime<Utc>>,
    hold: TimeDelta,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many()
        .col_expr(Column::Cursor, Expr::value(cursor))
        .col_expr(Column::LeaseUntil, Expr::value(tx.clock().now() + hold));
    if let Some(newest) = newest {
        update = update.col_expr(
            Column::LastMailAt,
            Expr::cust_with_values("greatest(last_mail_at, $1)", [newest]),
        );
    }
    held(update, lease, tx).await
}

/// Drops the cursor: Microsoft forgot it. The folder is walked anew into a ledger that knows what it has.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn forget_cursor(tx: &TenantTx, lease: Lease) -> Result<(), RegistryError> {
    let update =
        Entity::update_many().col_expr(Column::Cursor, Expr::value(Option::<String>::None));
    held(update, lease, tx).await
}

/// How a poll ended.
#[derive(Debug)]
pub struct PollEnd {
    /// Whether it went to its end.
    pub success: bool,
    /// The state from now on.
    pub state: ConnectionState,
    /// Why.
    pub detail: StateDetail,
    /// When the next poll is due.
    pub next_poll_at: DateTime<Utc>,
    /// The adaptive distance of polls.
    pub poll_interval_seconds: i32,
}

/// Ends a poll: gives the lease back and says when the next is due. A source that was paused meanwhile stays paused.
///
/// # Errors
/// [`RegistryError::Superseded`] when the lease is no longer held.
pub async fn end_poll(tx: &TenantTx, lease: Lease, end: PollEnd) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    let source = find(tx, lease.source).await?;
    let state = match source.state {
        ConnectionState::Paused => ConnectionState::Paused,
        _ => end.state,
    };
    let mut update = Entity::update_many()
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(Column::NextPollAt, Expr::value(end.next_poll_at))
        .col_expr(
            Column::PollIntervalSeconds,
            Expr::value(end.poll_interval_seconds),
        );
    if state != ConnectionState::Paused {
        update = update
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::StateDetail, Expr::value(end.detail));
    }
    if state != source.state {
        update = update.col_expr(Column::StateSince, Expr::value(now));
    }
    update = if end.success {
        update
            .col_expr(Column::LastSuccessAt, Expr::value(now))
            .col_expr(Column::Failures, Expr::value(0))
    } else {
        update.col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
    };
    held(update, lease, tx).await
}

async fn held(
    update: sea_orm::UpdateMany<Entity>,
    lease: Lease,
    tx: &TenantTx,
) -> Result<(), RegistryError> {
    let done = update
        .filter(Column::Id.eq(lease.source))
        .filter(Column::LeaseEpoch.eq(lease.epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}
