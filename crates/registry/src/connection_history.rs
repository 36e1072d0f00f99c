//! How connections were, state after state.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use crate::{
    ChapterId, RegistryError, TenantId, TenantTx,
    connection::{ConnectionKind, ConnectionState, StateDetail},
};

/// A time in which a connection was in one state.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connection_history")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChapterId,
    /// Of what kind of connection.
    pub kind: ConnectionKind,
    /// Of which one.
    pub connection_id: Uuid,
    /// The state.
    pub state: ConnectionState,
    /// Why.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: StateDetail,
    /// From when on.
    pub since: DateTime<Utc>,
    /// Until when; none while it lasts.
    pub until: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a connection was, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    tx: &TenantTx,
    kind: ConnectionKind,
    connection: impl Into<Uuid>,
    most: u64,
) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::ConnectionId.eq(connection.into()))
        .order_by_desc(Column::Since)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await?)
}

/// A new state begins now, and the one before ends.
pub(crate) async fn turn(
    tx: &TenantTx,
    kind: ConnectionKind,
    connection: Uuid,
    state: ConnectionState,
    detail: &StateDetail,
) -> Result<(), RegistryError> {
    let now = tx.clock().now();
    Entity::update_many()
        .col_expr(Column::Until, Expr::value(now))
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::Until.is_null())
        .exec(tx.conn())
        .await?;
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(ChapterId(tx.clock().new_id())),
        kind: Set(kind),
        connection_id: Set(connection),
        state: Set(state),
        detail: Set(detail.clone()),
        since: Set(now),
        until: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
