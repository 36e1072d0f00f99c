//! Grants: what sign-ins left, and the one place where a refresh token is kept.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{GrantId, RegistryError, TenantId, TenantTx};

const TABLE: &str = "microsoft_grant";

/// A grant's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "microsoft_grant")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantId,
    /// The directory (Entra `tid`).
    pub directory_id: String,
    /// The user within the directory (Entra `oid`).
    pub object_id: String,
    /// The user's name for people; it may change.
    pub user_principal_name: String,
    /// The user's display name.
    pub display_name: String,
    /// The scopes that Microsoft said it granted.
    pub scopes: Vec<String>,
    sealed_refresh_token: Vec<u8>,
    sealed_access_token: Option<Vec<u8>>,
    /// When the kept access token ends.
    pub access_expires_at: Option<DateTime<Utc>>,
    /// Counts refreshes.
    pub version: i64,
    /// When Microsoft last answered with a token.
    pub refreshed_at: DateTime<Utc>,
    /// When the sign-in was.
    pub created_at: DateTime<Utc>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grant")
            .field("id", &self.id)
            .field("directory_id", &self.directory_id)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// What a sign-in brought.
#[derive(Debug)]
pub struct NewGrant {
    /// Entra `tid`.
    pub directory_id: String,
    /// Entra `oid`.
    pub object_id: String,
    /// For people.
    pub user_principal_name: String,
    /// For people.
    pub display_name: String,
    /// As granted.
    pub scopes: Vec<String>,
    /// To be sealed.
    pub refresh_token: SecretString,
    /// To be sealed.
    pub access_token: SecretString,
    /// When the access token ends.
    pub access_expires_at: DateTime<Utc>,
}

/// What a refresh brought.
#[derive(Debug)]
pub struct Refreshed {
    /// The rotated refresh token; Microsoft may send none, then the old one stays.
    pub refresh_token: Option<SecretString>,
    /// The new access token.
    pub access_token: SecretString,
    /// When it ends.
    pub access_expires_at: DateTime<Utc>,
    /// As granted now.
    pub scopes: Vec<String>,
}

/// Keeps a new grant.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: NewGrant) -> Result<GrantId, RegistryError> {
    let id = GrantId(tx.clock().new_id());
    let now = tx.clock().now();
    let refresh = new.refresh_token.expose_secret().as_bytes();
    let access = new.access_token.expose_secret().as_bytes();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        directory_id: Set(new.directory_id),
        object_id: Set(new.object_id),
        user_principal_name: Set(new.user_principal_name),
        display_name: Set(new.display_name),
        scopes: Set(new.scopes),
        sealed_refresh_token: Set(tx.seal(TABLE, "sealed_refresh_token", refresh).await?),
        sealed_access_token: Set(Some(tx.seal(TABLE, "sealed_access_token", access).await?)),
        access_expires_at: Set(Some(new.access_expires_at)),
        version: Set(1),
        refreshed_at: Set(now),
        created_at: Set(now),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(id)
}

/// The grant, if this tenant has it.
///
/// # Errors
/// [`RegistryError::Missing`] when it is not there.
pub async fn find(tx: &TenantTx, id: GrantId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// All grants of the tenant, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &TenantTx) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .order_by_desc(Column::CreatedAt)
        .all(tx.conn())
        .await?)
}

/// The grants of the same user of the same directory as `grant`, itself included.
///
/// # Errors
/// When the database does not answer.
pub async fn of_same_user(tx: &TenantTx, grant: &Model) -> Result<Vec<GrantId>, RegistryError> {
    let rows = Entity::find()
        .filter(Column::DirectoryId.eq(&grant.directory_id))
        .filter(Column::ObjectId.eq(&grant.object_id))
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The refresh token, opened.
///
/// # Errors
/// When it does not open.
pub async fn refresh_token(tx: &TenantTx, grant: &Model) -> Result<SecretString, RegistryError> {
    let sealed = &grant.sealed_refresh_token;
    let plain = tx.open(TABLE, "sealed_refresh_token", sealed).await?;
    Ok(plain.to_secret_string()?)
}

/// The kept access token, opened, where it still lives at `until`.
///
/// # Errors
/// When it does not open.
pub async fn access_token(
    tx: &TenantTx,
    grant: &Model,
    until: DateTime<Utc>,
) -> Result<Option<SecretString>, RegistryError> {
    let lives = grant.access_expires_at.is_some_and(|end| until < end);
    let (Some(sealed), true) = (&grant.sealed_access_token, lives) else {
        return Ok(None);
    };
    let plain = tx.open(TABLE, "sealed_access_token", sealed).await?;
    Ok(Some(plain.to_secret_string()?))
}

/// Forgets the kept access token: Microsoft refused it before its time.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_access_token(tx: &TenantTx, id: GrantId) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(
            Column::AccessExpiresAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Stores what a refresh brought, if the grant is still at the version that was read.
///
/// # Errors
/// [`RegistryError::Superseded`] when another worker refreshed meanwhile: read again and use what it stored.
pub async fn store_refreshed(
    tx: &TenantTx,
    read: &Model,
    refreshed: &Refreshed,
) -> Result<(), RegistryError> {
    let access = refreshed.access_token.expose_secret().as_bytes();
    let sealed_access = tx.seal(TABLE, "sealed_access_token", access).await?;
    let mut update = Entity::update_many()
        .col_expr(Column::SealedAccessToken, Expr::value(sealed_access))
        .col_expr(
            Column::AccessExpiresAt,
            Expr::value(refreshed.access_expires_at),
        )
        .col_expr(Column::Scopes, Expr::value(refreshed.scopes.clone()))
        .col_expr(Column::RefreshedAt, Expr::value(tx.clock().now()))
        .col_expr(Column::Version, Expr::value(read.version + 1));
    if let Some(token) = &refreshed.refresh_token {
        let plain = token.expose_secret().as_bytes();
        let sealed = tx.seal(TABLE, "sealed_refresh_token", plain).await?;
        update = update.col_expr(Column::SealedRefreshToken, Expr::value(sealed));
    }
    let done = update
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}
