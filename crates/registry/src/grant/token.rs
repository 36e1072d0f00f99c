//! Access tokens, one for each resource of a grant.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::OnConflict};
use secrecy::{ExposeSecret as _, SecretString};

use super::Resource;
use crate::{GrantId, RegistryError, TenantId, TenantTx};

const TABLE: &str = "grant_token";
const COLUMN: &str = "sealed";

/// An access token's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_token")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Of which grant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant_id: GrantId,
    /// For what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource: Resource,
    sealed: Option<Vec<u8>>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// As granted, of this resource.
    pub scopes: Vec<String>,
}

/// A word is never a number of a sequence.
impl sea_orm::TryFromU64 for Resource {
    fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
        Err(sea_orm::DbErr::ConvertFromU64("Resource"))
    }
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GrantToken")
            .field("grant_id", &self.grant_id)
            .field("resource", &self.resource)
            .finish_non_exhaustive()
    }
}

/// A token that Microsoft just gave.
pub(super) struct Fresh<'a> {
    pub(super) resource: Resource,
    pub(super) token: &'a SecretString,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) scopes: &'a [String],
}

pub(super) async fn store(
    tx: &TenantTx,
    grant: GrantId,
    fresh: &Fresh<'_>,
) -> Result<(), RegistryError> {
    let plain = fresh.token.expose_secret().as_bytes();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        grant_id: Set(grant),
        resource: Set(fresh.resource),
        sealed: Set(Some(tx.seal(TABLE, COLUMN, plain).await?)),
        expires_at: Set(fresh.expires_at),
        scopes: Set(fresh.scopes.to_vec()),
    };
    let newest = OnConflict::columns([Column::TenantId, Column::GrantId, Column::Resource])
        .update_columns([Column::Sealed, Column::ExpiresAt, Column::Scopes])
        .to_owned();
    Entity::insert(row)
        .on_conflict(newest)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The scopes of all resources, each once, in the order of their resources.
pub(super) async fn all_scopes(
    tx: &TenantTx,
    grant: GrantId,
) -> Result<Vec<String>, RegistryError> {
    let mut scopes: Vec<String> = Vec::new();
    for row in of(tx, grant).await? {
        for scope in row.scopes {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
    }
    Ok(scopes)
}

async fn of(tx: &TenantTx, grant: GrantId) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(Column::GrantId.eq(grant))
        .order_by_asc(Column::Resource)
        .all(tx.conn())
        .await?)
}

/// The resources of which the grant ever brought an access token.
///
/// # Errors
/// When the database does not answer.
pub async fn resources(tx: &TenantTx, grant: GrantId) -> Result<Vec<Resource>, RegistryError> {
    let rows = of(tx, grant).await?;
    Ok(rows.into_iter().map(|row| row.resource).collect())
}

/// The kept access token for a resource, opened, where it still lives at `until`.
///
/// # Errors
/// When it does not open.
pub async fn access_token(
    tx: &TenantTx,
    grant: &super::Model,
    resource: Resource,
    until: DateTime<Utc>,
) -> Result<Option<SecretString>, RegistryError> {
    let kept = Entity::find_by_id((tx.tenant(), grant.id, resource))
        .filter(Column::ExpiresAt.gt(until))
        .one(tx.conn())
        .await?;
    let Some(sealed) = kept.and_then(|row| row.sealed) else {
        return Ok(None);
    };
    let plain = tx.open(TABLE, COLUMN, &sealed).await?;
    Ok(Some(plain.to_secret_string()?))
}

/// Forgets the kept access token for a resource: Microsoft refused it before its time.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_access_token(
    tx: &TenantTx,
    grant: GrantId,
    resource: Resource,
) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(Column::GrantId.eq(grant))
        .filter(Column::Resource.eq(resource))
        .exec(tx.conn())
        .await?;
    Ok(())
}
