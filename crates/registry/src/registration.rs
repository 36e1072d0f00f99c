//! App registrations that tenants bring: client id, credential and cloud of their own.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, entity::prelude::*};

use crate::{
    RegistrationId, RegistryError, TenantId, TenantTx, connection::StateDetail, incident,
    vocabulary::vocabulary,
};

mod credential;

pub use credential::Credential;

const TABLE: &str = "app_registration";

vocabulary! {
    /// One of Microsoft's clouds; tokens of one are worth nothing in another.
    Cloud {
        /// The world, and US Government GCC.
        Global = "global",
        /// US Government L4 (GCC High).
        UsGovL4 = "us_gov_l4",
        /// US Government L5 (DoD).
        UsGovL5 = "us_gov_l5",
        /// China, operated by 21Vianet.
        China = "china",
    }
}

vocabulary! {
    /// How an application proves itself.
    CredentialKind {
        /// By a client secret.
        Secret = "secret",
        /// By a key whose certificate Microsoft has.
        Certificate = "certificate",
    }
}

/// A registration's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_registration")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    /// For people.
    pub name: String,
    /// Where it is registered.
    pub cloud: Cloud,
    /// Microsoft's application (client) id.
    pub client_id: String,
    /// The one directory whose users may sign in; none: any.
    pub directory_id: Option<String>,
    /// How it proves itself.
    pub credential_kind: CredentialKind,
    sealed_credential: Vec<u8>,
    /// SHA-256 of the certificate.
    pub thumbprint: Option<String>,
    /// When the credential ends, where that is known.
    pub expires_at: Option<DateTime<Utc>>,
    /// What Microsoft said when it was last tried; without an error code all was well.
    #[sea_orm(column_type = "JsonBinary")]
    pub state_detail: StateDetail,
    /// The last warning given, in days before the end.
    pub warned_days: Option<i32>,
    /// When it was brought.
    pub created_at: DateTime<Utc>,
    /// When a person deleted it.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration")
            .field("id", &self.id)
            .field("client_id", &self.client_id)
            .field("cloud", &self.cloud)
            .finish_non_exhaustive()
    }
}

/// What a tenant brings.
#[derive(Debug)]
pub struct NewRegistration {
    /// For people.
    pub name: String,
    /// Where it is registered.
    pub cloud: Cloud,
    /// Microsoft's application (client) id.
    pub client_id: String,
    /// The one directory whose users may sign in; none: any.
    pub directory_id: Option<String>,
    /// What it proves itself by; to be sealed.
    pub credential: Credential,
    /// SHA-256 of the certificate.
    pub thumbprint: Option<String>,
    /// When the credential ends, where that is known.
    pub expires_at: Option<DateTime<Utc>>,
    /// What Microsoft said when it was tried.
    pub state_detail: StateDetail,
}

/// Keeps a new registration.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &TenantTx, new: NewRegistration) -> Result<Model, RegistryError> {
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(RegistrationId(tx.clock().new_id())),
        name: Set(new.name),
        cloud: Set(new.cloud),
        client_id: Set(new.client_id),
        directory_id: Set(new.directory_id),
        credential_kind: Set(new.credential.kind()),
        sealed_credential: Set(credential::seal(tx, &new.credential).await?),
        thumbprint: Set(new.thumbprint),
        expires_at: Set(new.expires_at),
        state_detail: Set(new.state_detail),
        warned_days: Set(None),
        created_at: Set(tx.clock().now()),
        deleted_at: Set(None),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// The registration, if this tenant has it and nobody deleted it.
///
/// # Errors
/// [`RegistryError::Missing`] otherwise.
pub async fn find(tx: &TenantTx, id: RegistrationId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .filter(Column::DeletedAt.is_null())
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// All that nobody deleted, in the order of their coming.
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

/// The credential, opened.
///
/// # Errors
/// When it does not open.
pub async fn credential(tx: &TenantTx, registration: &Model) -> Result<Credential, RegistryError> {
    credential::open(tx, &registration.sealed_credential).await
}

/// What may change. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Another credential: warnings of the old one's end are over.
    pub credential: Option<NewCredential>,
}

/// Another credential.
#[derive(Debug)]
pub struct NewCredential {
    /// To be sealed.
    pub credential: Credential,
    /// SHA-256 of the certificate.
    pub thumbprint: Option<String>,
    /// When it ends, where that is known.
    pub expires_at: Option<DateTime<Utc>>,
    /// What Microsoft said when it was tried.
    pub state_detail: StateDetail,
}

/// Changes a registration.
///
/// # Errors
/// When the database does not answer.
pub async fn change(
    tx: &TenantTx,
    registration: Model,
    change: Change,
) -> Result<Model, RegistryError> {
    let id = registration.id;
    let mut row = registration.into_active_model();
    if let Some(name) = change.name {
        row.name = Set(name);
    }
    if let Some(new) = change.credential {
        row.credential_kind = Set(new.credential.kind());
        row.sealed_credential = Set(credential::seal(tx, &new.credential).await?);
        row.thumbprint = Set(new.thumbprint);
        row.expires_at = Set(new.expires_at);
        row.state_detail = Set(new.state_detail);
        row.warned_days = Set(None);
        incident::close(tx, incident::Subject::Registration(id)).await?;
    }
    Ok(row.update(tx.conn()).await?)
}

/// Notes what Microsoft said when a registration was tried.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(
    tx: &TenantTx,
    registration: Model,
    detail: StateDetail,
) -> Result<Model, RegistryError> {
    let mut row = registration.into_active_model();
    row.state_detail = Set(detail);
    Ok(row.update(tx.conn()).await?)
}

/// Deleted for people; grants that were signed in with it go on pointing to it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &TenantTx, registration: Model) -> Result<(), RegistryError> {
    incident::close(tx, incident::Subject::Registration(registration.id)).await?;
    let mut row = registration.into_active_model();
    row.deleted_at = Set(Some(tx.clock().now()));
    row.update(tx.conn()).await?;
    Ok(())
}

/// The warning that is due for a credential that ends at `ends`: 30, 14, 3 or 0 days before; `None`: it is far away.
pub fn warning(now: DateTime<Utc>, ends: DateTime<Utc>) -> Option<i32> {
    [0, 3, 14, 30]
        .into_iter()
        .find(|days| ends <= now + TimeDelta::days(i64::from(*days)))
}

/// Notes that the warning of so many days was given.
///
/// # Errors
/// When the database does not answer.
pub async fn warned(tx: &TenantTx, registration: Model, days: i32) -> Result<Model, RegistryError> {
    let mut row = registration.into_active_model();
    row.warned_days = Set(Some(days));
    Ok(row.update(tx.conn()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_due_at_thirty_fourteen_three_and_no_days() {
        let ends = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let before = |hours: i64| warning(ends - TimeDelta::hours(hours), ends);
        assert_eq!(before(30 * 24 + 1), None);
        assert_eq!(before(30 * 24), Some(30));
        assert_eq!(before(14 * 24 + 1), Some(30));
        assert_eq!(before(14 * 24), Some(14));
        assert_eq!(before(3 * 24), Some(3));
        assert_eq!(before(1), Some(3));
        assert_eq!(before(0), Some(0));
        assert_eq!(before(-100), Some(0));
    }
}
