//! Tenants: one Jira site each, with a Connect door, a Forge door or both.
//!
//! ```no_run
//! # use postroom_registry::{Registry, RegistryError, tenant::{self, Door, JiraAccess}};
//! # async fn example(registry: Registry) -> Result<(), RegistryError> {
//! let Some(tenant) = registry.tenant_by_client_key("a client key").await? else { return Ok(()) };
//! let tx = registry.begin(tenant).await?;
//! if let JiraAccess::Closed = tenant::jira_access(&tx).await? {
//!     tenant::close(&tx, Door::Connect).await?;
//! }
//! tx.commit().await
//! # }
//! ```

use chrono::{DateTime, Utc};
use sea_orm::{QuerySelect as _, entity::prelude::*};
use secrecy::SecretString;

use crate::{RegistryError, TenantId, TenantTx, vocabulary::vocabulary};

mod access;
mod door;
mod farewell;
mod installation;
mod installation_forge;
mod lookup;
mod relocation;

pub use access::{
    JiraAccess, TokenWatch, doubt_system_token, jira_access, keep_system_token, waits_for_token,
};
pub use door::{Door, close, set_enabled, uninstalled};
pub use farewell::forget;
pub use installation::{Change, Installation, Installed};
pub use installation_forge::ForgeInstallation;
pub use lookup::may_be_a_name;

const TABLE: &str = "tenant";

vocabulary! {
    /// Whether the site lets us work.
    TenantState {
        /// At work.
        Installed = "installed",
        /// An administrator switched the app off; nothing is done, nothing is lost.
        Disabled = "disabled",
        /// Gone. Data is kept until the end of retention.
        Uninstalled = "uninstalled",
        /// Gone, and its key and data destroyed.
        Forgotten = "forgotten",
    }
}

/// A tenant's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    /// Internal, never reused.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// Connect's name for the site.
    pub client_key: Option<String>,
    /// Connect's name before a site import; answers as long as the previous secret.
    pub previous_client_key: Option<String>,
    /// Forge's name for the installation.
    pub installation_id: Option<String>,
    /// Atlassian's id of the cloud site.
    pub cloud_id: Option<String>,
    /// The site. Connect: where Jira's REST API is. Empty once the tenant is forgotten.
    pub site_url: String,
    /// Forge: where Jira's REST API is.
    pub api_base_url: Option<String>,
    /// The custom domain that people see, where there is one.
    pub display_url: Option<String>,
    /// The account that Jira gave to the app.
    pub app_account_id: Option<String>,
    /// Whether the site lets us work.
    pub state: TenantState,
    wrapped_key: Option<Vec<u8>>,
    sealed_secret: Option<Vec<u8>>,
    sealed_previous_secret: Option<Vec<u8>>,
    previous_secret_until: Option<DateTime<Utc>>,
    /// When Atlassian signed the call that brought the secret.
    pub secret_issued_at: Option<DateTime<Utc>>,
    sealed_system_token: Option<Vec<u8>>,
    /// When the system token ends that is kept, if one is.
    pub system_token_until: Option<DateTime<Utc>>,
    /// Since when the app is gone; retention is counted from here.
    pub uninstalled_at: Option<DateTime<Utc>>,
    /// First installed.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tenant")
            .field("id", &self.id)
            .field("site_url", &self.site_url)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The transaction's tenant.
///
/// # Errors
/// [`RegistryError::Missing`] when there is none.
pub async fn this(tx: &TenantTx) -> Result<Model, RegistryError> {
    Entity::find_by_id(tx.tenant())
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The transaction's tenant, locked until it ends.
async fn locked(tx: &TenantTx) -> Result<Model, RegistryError> {
    Entity::find_by_id(tx.tenant())
        .lock_exclusive()
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The secrets that a Connect token may be signed with now, the current one first. Empty after an uninstall.
///
/// # Errors
/// When a secret does not open.
pub async fn secrets(tx: &TenantTx, tenant: &Model) -> Result<Vec<SecretString>, RegistryError> {
    let mut secrets = Vec::new();
    if let Some(sealed) = &tenant.sealed_secret {
        let plain = tx.open(TABLE, "sealed_secret", sealed).await?;
        secrets.push(plain.to_secret_string()?);
    }
    let previous_lives = tenant
        .previous_secret_until
        .is_some_and(|until| tx.clock().now() < until);
    if let (Some(sealed), true) = (&tenant.sealed_previous_secret, previous_lives) {
        let plain = tx.open(TABLE, "sealed_previous_secret", sealed).await?;
        secrets.push(plain.to_secret_string()?);
    }
    Ok(secrets)
}

/// Notes the account that Jira gave to the app, by which our own comments are known.
///
/// # Errors
/// When the database does not answer.
pub async fn learn_app_account(tx: &TenantTx, account_id: &str) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::AppAccountId, Expr::value(account_id))
        .filter(Column::Id.eq(tx.tenant()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The tenant's data key as it stands in the row.
pub(crate) async fn wrapped_key(tx: &TenantTx) -> Result<Vec<u8>, RegistryError> {
    this(tx).await?.wrapped_key.ok_or(RegistryError::Forgotten)
}
