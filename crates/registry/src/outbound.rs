//! Message outbounds: connections that send.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, entity::prelude::*,
};

use crate::{
    GrantId, OutboundId, RegistryError, TenantId, TenantTx,
    connection::{ConnectionKind, ConnectionState, Protocol, StateDetail},
    connection_history, incident,
};

mod life;
pub mod turn;

pub use life::{apply, move_to_graph, rebind, sign_in};
pub use turn::{Turn, take_turn};

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
    /// The address that its mails are from, where it is another than the mailbox's.
    pub from_address: Option<String>,
    /// When it went from EWS to Graph.
    pub moved_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What makes an outbound.
#[derive(Debug)]
pub struct NewOutbound {
    /// The grant that it sends with.
    pub grant_id: GrantId,
    /// The address that it sends from.
    pub mailbox: String,
    /// The wire.
    pub protocol: Protocol,
    /// The address that its mails are from, where it is another than the mailbox's.
    pub from_address: Option<String>,
}

/// Makes an outbound; it is active at once.
///
/// # Errors
/// When the database does not answer.
pub async fn create(tx: &TenantTx, new: NewOutbound) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(OutboundId(tx.clock().new_id())),
        grant_id: Set(new.grant_id),
        name: Set(new.mailbox.clone()),
        mailbox: Set(new.mailbox),
        protocol: Set(new.protocol),
        state: Set(ConnectionState::Active),
        state_since: Set(now),
        state_detail: Set(StateDetail::default()),
        failures: Set(0),
        last_success_at: Set(None),
        created_at: Set(now),
        deleted_at: Set(None),
        from_address: Set(new.from_address),
        moved_at: Set(None),
    };
    let row = row.insert(tx.conn()).await?;
    let (state, detail) = (row.state, &row.state_detail);
    connection_history::turn(tx, ConnectionKind::Outbound, row.id.0, state, detail).await?;
    Ok(row)
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

/// What a person may change. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// The address that its mails are from; the inner none means the mailbox's own.
    pub from_address: Option<Option<String>>,
}

/// Changes an outbound.
///
/// # Errors
/// When the database does not answer.
pub async fn change(
    tx: &TenantTx,
    outbound: Model,
    change: Change,
) -> Result<Model, RegistryError> {
    let mut row = outbound.into_active_model();
    if let Some(name) = change.name {
        row.name = Set(name);
    }
    if let Some(from) = change.from_address {
        row.from_address = Set(from);
    }
    Ok(row.update(tx.conn()).await?)
}

/// The outbound, locked until the transaction ends.
async fn locked(tx: &TenantTx, id: OutboundId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
        .lock_exclusive()
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// Deleted for people; the row stays, its notifications point to it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, outbound: Model) -> Result<(), RegistryError> {
    let id = outbound.id;
    let mut row = outbound.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.update(tx.conn()).await?;
    incident::close(tx, incident::Subject::Outbound(id)).await?;
    Ok(())
}
