//! A site installs the Connect app, again and again: data stays, in one row.

use chrono::{DateTime, Utc};
use postroom_secrets::DataKey;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secrecy::{ExposeSecret as _, SecretString};

use self::in_place::{install_in_place, is_same_site};
use super::{ActiveModel, Entity, TABLE, TenantState};
use crate::{
    Registry, RegistryError, TenantId, TenantTx,
    audit::{self, Action, Actor, Entry},
};

mod in_place;

/// How often an install begins anew when another one of the same site was faster.
const ATTEMPTS: usize = 4;

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
    /// `iat` of the token that came with the call.
    pub issued_at: DateTime<Utc>,
}

/// What an installation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Whose it is.
    pub tenant: TenantId,
    /// Everything that is not as it was. Empty: it was all known already.
    pub changes: Vec<Change>,
}

/// One thing that an installation changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A tenant that was not there.
    New,
    /// It had been switched off or removed, and is at work again with its data.
    Reinstalled,
    /// Another secret; the one before stays good for a few minutes.
    SecretRotated,
    /// Another address, or another custom domain.
    Renamed {
        /// The site's URL before.
        from: String,
    },
    /// The site was imported or restored and comes with another client key.
    Imported {
        /// The one before.
        former_client_key: String,
    },
}

impl Installed {
    /// Whether the tenant was not there before.
    pub fn is_new(&self) -> bool {
        self.changes.contains(&Change::New)
    }
}

impl Registry {
    /// Takes an installation in.
    ///
    /// A known client key is served in place: secret and address are replaced, data stays. A new client key of a site
    /// that we know (same cloud id *and* same origin: a site import) takes that site's row over. Everything else is a
    /// new tenant. Two installs at once end in one row.
    ///
    /// The body of an `installed` call is not covered by its signature, so a token that was overheard could bring any
    /// secret. What was issued before the secret that we have is refused, and so is another secret that was issued at
    /// the same second, or one for a site that removed the app since.
    ///
    /// # Errors
    /// [`RegistryError::Stale`] for such a replay; else when the database does not answer.
    pub async fn install(&self, installation: &Installation) -> Result<Installed, RegistryError> {
        for _ in 1..ATTEMPTS {
            match self.try_install(installation).await {
                // Another install of the same site was faster: what it left is found now.
                Err(RegistryError::Duplicate | RegistryError::Superseded) => {}
                other => return other,
            }
        }
        self.try_install(installation).await
    }

    async fn try_install(&self, installation: &Installation) -> Result<Installed, RegistryError> {
        let named = self.tenant_by_client_key(&installation.client_key).await?;
        let candidates = match &installation.cloud_id {
            Some(cloud) => {
                let sql = "SELECT connect_tenants_of_cloud($1) AS id";
                self.tenant_ids(sql, [cloud.as_str().into()]).await?
            }
            None => Vec::new(),
        };
        let mut same_site = Vec::new();
        for tenant in named.into_iter().chain(candidates) {
            let tx = self.begin(tenant).await?;
            let row = super::this(&tx).await?;
            if row.client_key.as_deref() == Some(&installation.client_key) {
                return install_in_place(tx, installation).await;
            }
            if is_same_site(&row, installation) && !same_site.contains(&tenant) {
                same_site.push(tenant);
            }
        }
        match same_site.as_slice() {
            [] => self.install_new(installation).await,
            [tenant] => install_in_place(self.begin(*tenant).await?, installation).await,
            several => {
                tracing::warn!(
                    tenants = several.len(),
                    "a site comes with a new client key and may be one of several tenants: it is taken for a new one"
                );
                self.install_new(installation).await
            }
        }
    }

    async fn install_new(&self, installation: &Installation) -> Result<Installed, RegistryError> {
        let tenant = TenantId(self.clock().new_id());
        let tx = self.begin(tenant).await?;
        let secret = installation.shared_secret.expose_secret().as_bytes();
        let (mut row, key) = new_row(&tx);
        row.client_key = Set(Some(installation.client_key.clone()));
        row.cloud_id = Set(installation.cloud_id.clone());
        row.site_url = Set(installation.site_url.clone());
        row.display_url = Set(installation.display_url.clone());
        row.sealed_secret = Set(Some(key.seal(&tx.place(TABLE, "sealed_secret"), secret)));
        row.secret_issued_at = Set(Some(installation.issued_at));
        insert_new(tx, row, key).await
    }
}

/// The row of a tenant that is not there yet, and its data key.
pub(super) fn new_row(tx: &TenantTx) -> (ActiveModel, DataKey) {
    let key = DataKey::generate();
    let now = tx.clock().now();
    let row = ActiveModel {
        id: Set(tx.tenant()),
        state: Set(TenantState::Installed),
        wrapped_key: Set(Some(tx.keys().master().wrap(&key, tx.tenant().0))),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    (row, key)
}

pub(super) async fn insert_new(
    tx: TenantTx,
    row: ActiveModel,
    key: DataKey,
) -> Result<Installed, RegistryError> {
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    audit::record(&tx, &Entry::new(Actor::Atlassian, Action::SiteInstalled)).await?;
    let (tenant, registry_keys) = (tx.tenant(), tx.shared_keys());
    let now = tx.clock().now();
    tx.commit().await?;
    registry_keys.remember(tenant, key.into(), now);
    Ok(Installed {
        tenant,
        changes: vec![Change::New],
    })
}
