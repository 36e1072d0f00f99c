//! Tenants: one Jira site each.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::DataKey;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait as _, DbBackend, IntoActiveModel as _, QuerySelect as _,
    Statement, entity::prelude::*,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{Registry, RegistryError, TenantId, TenantTx, vocabulary::vocabulary};

/// A secret that was replaced stays good this long: `enabled` and webhooks may be in flight, signed with it.
const PREVIOUS_SECRET_LIVES: TimeDelta = TimeDelta::minutes(5);

vocabulary! {
    /// Whether the site lets us work.
    TenantState {
        /// At work.
        Installed = "installed",
        /// An administrator switched the app off; nothing is done, nothing is lost.
        Disabled = "disabled",
        /// Gone. Data is kept until the end of retention.
        Uninstalled = "uninstalled",
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
    /// Forge's name for the installation.
    pub installation_id: Option<String>,
    /// Atlassian's id of the cloud site.
    pub cloud_id: Option<String>,
    /// Where Jira's REST API is.
    pub site_url: String,
    /// The custom domain that people see, where there is one.
    pub display_url: Option<String>,
    /// The account that Jira gave to the app.
    pub app_account_id: Option<String>,
    /// Whether the site lets us work.
    pub state: TenantState,
    wrapped_key: Vec<u8>,
    sealed_secret: Option<Vec<u8>>,
    sealed_previous_secret: Option<Vec<u8>>,
    previous_secret_until: Option<DateTime<Utc>>,
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

/// A verified `installed` callback of Connect.
#[derive(Debug)]
pub struct Installation {
    /// Connect's name for the site.
    pub client_key: String,
    /// Atlassian's id of the cloud site.
    pub cloud_id: Option<String>,
    /// Where Jira's REST API is.
    pub site_url: String,
    /// The custom domain.
    pub display_url: Option<String>,
    /// What both sides sign with from now on.
    pub shared_secret: SecretString,
}

impl Registry {
    /// Which tenant has this client key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tenant_by_client_key(
        &self,
        client_key: &str,
    ) -> Result<Option<TenantId>, RegistryError> {
        let row = self
            .db()
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT tenant_by_client_key($1) AS id",
                [client_key.into()],
            ))
            .await?;
        Ok(row
            .and_then(|row| row.try_get::<Option<Uuid>>("", "id").transpose())
            .transpose()?
            .map(TenantId))
    }

    /// Takes an installation in: a new tenant, or an old one whose secret and address are replaced in place. Two
    /// installs at once end in one row.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn install(&self, installation: &Installation) -> Result<TenantId, RegistryError> {
        if let Some(tenant) = self.tenant_by_client_key(&installation.client_key).await? {
            self.reinstall(tenant, installation).await?;
            return Ok(tenant);
        }
        match self.install_new(installation).await {
            Err(RegistryError::Duplicate) => {
                let tenant = self
                    .tenant_by_client_key(&installation.client_key)
                    .await?
                    .ok_or(RegistryError::Missing)?;
                self.reinstall(tenant, installation).await?;
                Ok(tenant)
            }
            other => other,
        }
    }

    async fn install_new(&self, installation: &Installation) -> Result<TenantId, RegistryError> {
        let id = TenantId(self.clock().new_id());
        let now = self.clock().now();
        let key = DataKey::generate();
        let tx = self.begin(id).await?;
        let wrapped_key = self.master().wrap(&key, id.0);
        tx.remember_key(key);
        let secret = installation.shared_secret.expose_secret().as_bytes();
        let row = ActiveModel {
            id: Set(id),
            client_key: Set(Some(installation.client_key.clone())),
            installation_id: Set(None),
            cloud_id: Set(installation.cloud_id.clone()),
            site_url: Set(installation.site_url.clone()),
            display_url: Set(installation.display_url.clone()),
            app_account_id: Set(None),
            state: Set(TenantState::Installed),
            wrapped_key: Set(wrapped_key),
            sealed_secret: Set(Some(tx.seal("tenant", "sealed_secret", secret).await?)),
            sealed_previous_secret: Set(None),
            previous_secret_until: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        Entity::insert(row)
            .exec_without_returning(tx.conn())
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn reinstall(
        &self,
        tenant: TenantId,
        installation: &Installation,
    ) -> Result<(), RegistryError> {
        let now = self.clock().now();
        let tx = self.begin(tenant).await?;
        let old = Entity::find_by_id(tenant)
            .lock_exclusive()
            .one(tx.conn())
            .await?
            .ok_or(RegistryError::Missing)?;
        let secret = installation.shared_secret.expose_secret().as_bytes();
        let previous = match &old.sealed_secret {
            Some(sealed) => {
                let plain = tx.open("tenant", "sealed_secret", sealed).await?;
                Some(
                    tx.seal("tenant", "sealed_previous_secret", plain.as_slice())
                        .await?,
                )
            }
            None => None,
        };
        let mut row = old.into_active_model();
        row.cloud_id = Set(installation.cloud_id.clone());
        row.site_url = Set(installation.site_url.clone());
        row.display_url = Set(installation.display_url.clone());
        row.state = Set(TenantState::Installed);
        row.sealed_secret = Set(Some(tx.seal("tenant", "sealed_secret", secret).await?));
        row.sealed_previous_secret = Set(previous);
        row.previous_secret_until = Set(Some(now + PREVIOUS_SECRET_LIVES));
        row.updated_at = Set(now);
        row.update(tx.conn()).await?;
        tx.commit().await
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

/// The secrets that a Connect token may be signed with now, the current one first. Empty after an uninstall.
///
/// # Errors
/// When a secret does not open.
pub async fn secrets(tx: &TenantTx, tenant: &Model) -> Result<Vec<SecretString>, RegistryError> {
    let mut secrets = Vec::new();
    if let Some(sealed) = &tenant.sealed_secret {
        let plain = tx.open("tenant", "sealed_secret", sealed).await?;
        secrets.push(plain.to_secret_string()?);
    }
    let previous_lives = tenant
        .previous_secret_until
        .is_some_and(|until| tx.clock().now() < until);
    if let (Some(sealed), true) = (&tenant.sealed_previous_secret, previous_lives) {
        let plain = tx.open("tenant", "sealed_previous_secret", sealed).await?;
        secrets.push(plain.to_secret_string()?);
    }
    Ok(secrets)
}

/// Enabled, disabled or uninstalled; an uninstall forgets the secrets.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(tx: &TenantTx, state: TenantState) -> Result<(), RegistryError> {
    let mut row = this(tx).await?.into_active_model();
    row.state = Set(state);
    if state == TenantState::Uninstalled {
        row.sealed_secret = Set(None);
        row.sealed_previous_secret = Set(None);
    }
    row.updated_at = Set(tx.clock().now());
    row.update(tx.conn()).await?;
    Ok(())
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

pub(crate) async fn wrapped_key(tx: &TenantTx) -> Result<Vec<u8>, RegistryError> {
    Ok(this(tx).await?.wrapped_key)
}
