//! Grants: what sign-ins left, and the one place where a refresh token is kept.
//!
//! Of all workers of all processes one refreshes a grant at a time: it claims the refresh, asks Microsoft without a
//! row locked, and stores the rotated refresh token and the access token in one transaction.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, Condition, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    entity::prelude::*,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    GrantId, RegistrationId, RegistryError, TenantId, TenantTx, outbound, registration::Cloud,
    sign_in, source, vocabulary::vocabulary,
};

mod refresh;
pub mod token;

pub use refresh::{
    RefreshClaim, Refreshed, claim_refresh, release_refresh, renew_later, store_refreshed,
};
pub use token::{access_token, drop_access_token, resources};

const TABLE: &str = "microsoft_grant";

vocabulary! {
    /// What an access token is for. One refresh token brings both kinds.
    Resource {
        /// Microsoft Graph.
        Graph = "graph",
        /// Exchange Web Services.
        Outlook = "outlook",
    }
}

vocabulary! {
    /// Who consented to the scopes.
    Consent {
        /// The user who signed in.
        User = "user",
        /// An administrator, for the whole directory.
        Admin = "admin",
    }
}

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
    /// The scopes that Microsoft said it granted, of all resources.
    pub scopes: Vec<String>,
    sealed_refresh_token: Vec<u8>,
    /// Counts refreshes.
    pub version: i64,
    /// When Microsoft last answered with a token.
    pub refreshed_at: DateTime<Utc>,
    /// When the sign-in was.
    pub created_at: DateTime<Utc>,
    /// The tenant's app registration that it was signed in with; none: the service's own.
    pub registration_id: Option<RegistrationId>,
    /// Microsoft's cloud.
    pub cloud: Cloud,
    /// Who consented.
    pub consent: Consent,
    /// Until when a worker refreshes it, if one does.
    pub refreshing_until: Option<DateTime<Utc>>,
    /// Fences refreshes.
    pub refreshing_epoch: i64,
    /// A renewal that failed is not tried again before.
    pub renew_after: Option<DateTime<Utc>>,
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
    /// What the access token is for.
    pub resource: Resource,
    /// The tenant's app registration that was signed in with; none: the service's own.
    pub registration_id: Option<RegistrationId>,
    /// Microsoft's cloud.
    pub cloud: Cloud,
    /// Who consented.
    pub consent: Consent,
}

/// Keeps a new grant.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: NewGrant) -> Result<GrantId, RegistryError> {
    let id = GrantId(tx.clock().new_id());
    let now = tx.clock().now();
    let refresh = new.refresh_token.expose_secret().as_bytes();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        directory_id: Set(new.directory_id),
        object_id: Set(new.object_id),
        user_principal_name: Set(new.user_principal_name),
        display_name: Set(new.display_name),
        scopes: Set(new.scopes.clone()),
        sealed_refresh_token: Set(tx.seal(TABLE, "sealed_refresh_token", refresh).await?),
        version: Set(1),
        refreshed_at: Set(now),
        created_at: Set(now),
        registration_id: Set(new.registration_id),
        cloud: Set(new.cloud),
        consent: Set(new.consent),
        refreshing_until: Set(None),
        refreshing_epoch: Set(0),
        renew_after: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    let token = token::Fresh {
        resource: new.resource,
        token: &new.access_token,
        expires_at: new.access_expires_at,
        scopes: &new.scopes,
    };
    token::store(tx, id, &token).await?;
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

/// Those of the tenant's grants that somebody took, the newest first.
///
/// Whoever signed in at Microsoft and did not press "Connect" gave the tenant nothing, though the grant is kept while
/// they make up their mind: no connection may be made of it.
///
/// # Errors
/// When the database does not answer.
pub async fn taken(tx: &TenantTx) -> Result<Vec<Model>, RegistryError> {
    Ok(Entity::find()
        .filter(is_taken())
        .order_by_desc(Column::CreatedAt)
        .all(tx.conn())
        .await?)
}

/// The grant, if this tenant has it and somebody took it.
///
/// # Errors
/// [`RegistryError::Missing`] when it is not there, or not taken.
pub async fn find_taken(tx: &TenantTx, id: GrantId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(is_taken())
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// A connection has it or had it, or the sign-in that left it ended in one.
fn is_taken() -> Condition {
    let sign_ins = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::GrantId)
        .filter(sign_in::Column::State.eq(sign_in::SignInState::Connected))
        .filter(sign_in::Column::GrantId.is_not_null())
        .into_query();
    let sources = source::Entity::find()
        .select_only()
        .column(source::Column::GrantId)
        .into_query();
    let outbounds = outbound::Entity::find()
        .select_only()
        .column(outbound::Column::GrantId)
        .into_query();
    Condition::any()
        .add(Column::Id.in_subquery(sign_ins))
        .add(Column::Id.in_subquery(sources))
        .add(Column::Id.in_subquery(outbounds))
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
