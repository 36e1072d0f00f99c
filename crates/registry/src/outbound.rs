//! Message outbounds: connections that send.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, entity::prelude::*};

use crate::{
    GrantId, OutboundId, RegistryError, TenantId, TenantTx,
    connection::{ConnectionState, Protocol, StateDetail},
};

/// An outbound's row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_outbound")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboundId,
    /// The grant that it sends with.
    pub grant_id: GrantId,
    /// For people.
    pub name: String,
    /// The address that it sends from.
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
    /// Failures in a row.
    pub failures: i32,
    /// When Microsoft last took a mail, or a ping was green.
    pub last_success_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When a person deleted it; its notifications stay.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes an outbound; it is active at once.
///
/// # Errors
/// When the database does not answer.
pub async fn create(
    tx: &TenantTx,
    grant_id: GrantId,
    mailbox: &str,
) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(OutboundId(tx.clock().new_id())),
        grant_id: Set(grant_id),
        name: Set(mailbox.to_owned()),
        mailbox: Set(mailbox.to_owned()),
        protocol: Set(Protocol::Graph),
        state: Set(ConnectionState::Active),
        state_since: Set(now),
        state_detail: Set(StateDetail::default()),
        failures: Set(0),
        last_success_at: Set(None),
        created_at: Set(now),
        deleted_at: Set(None),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// The outbound, if this tenant has it and nobody deleted it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: OutboundId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
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

/// The outbound that sends from `mailbox`, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn of_mailbox(tx: &TenantTx, mailbox: &str) -> Result<Option<Model>, RegistryError> {
    let wanted = mailbox.to_lowercase();
    Ok(list(tx)
        .await?
        .into_iter()
        .find(|outbound| outbound.mailbox.to_lowercase() == wanted))
}

/// Another name.
///
/// # Errors
/// When the database does not answer.
pub async fn rename(tx: &TenantTx, outbound: Model, name: &str) -> Result<Model, RegistryError> {
    let mut row = outbound.into_active_model();
    row.name = Set(name.to_owned());
    Ok(row.update(tx.conn()).await?)
}

/// A new state with its reason. The same state keeps its `since`. A paused outbound stays paused unless `resume`
/// is what happens.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(
    tx: &TenantTx,
    outbound: Model,
    state: ConnectionState,
    detail: StateDetail,
) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let changed = outbound.state != state;
    let failures = outbound.failures;
    let mut row = outbound.into_active_model();
    if changed {
        row.state = Set(state);
        row.state_since = Set(now);
    }
    row.state_detail = Set(detail);
    if state == ConnectionState::Active {
        row.failures = Set(0);
        row.last_success_at = Set(Some(now));
    } else if state != ConnectionState::Paused {
        row.failures = Set(failures.saturating_add(1));
    }
    Ok(row.update(tx.conn()).await?)
}

/// Binds all connections of these grants to `to`: the user signed in again.
///
/// # Errors
/// When the database does not answer.
pub async fn rebind(tx: &TenantTx, from: &[GrantId], to: GrantId) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::GrantId, Expr::value(to))
        .filter(Column::GrantId.is_in(from.iter().copied()))
        .exec(tx.conn())
        .await?;
    Entity::update_many()
        .col_expr(Column::State, Expr::value(ConnectionState::Active))
        .col_expr(Column::StateSince, Expr::value(tx.clock().now()))
        .col_expr(Column::StateDetail, Expr::value(StateDetail::default()))
        .col_expr(Column::Failures, Expr::value(0))
        .filter(Column::GrantId.eq(to))
        .filter(Column::State.is_in([ConnectionState::NeedsSignIn, ConnectionState::Retrying]))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Deleted for people; the row stays, its notifications point to it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, outbound: Model) -> Result<(), RegistryError> {
    let mut row = outbound.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.update(tx.conn()).await?;
    Ok(())
}
