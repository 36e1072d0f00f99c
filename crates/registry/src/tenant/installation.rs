//! A site installs the Connect app, again and again: data stays, in one row.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::{DataKey, constant_time_eq};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{ActiveModel, Entity, Model, TABLE, TenantState, locked};
use crate::{
    Registry, RegistryError, TenantId, TenantTx,
    audit::{self, Action, Actor, Entry},
};

/// A secret that was replaced stays good this long: `enabled` and webhooks may be in flight, signed with it.
const PREVIOUS_SECRET_LIVES: TimeDelta = TimeDelta::minutes(5);
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

/// Whether a row whose client key is another one is the same site: both the cloud id, which a caller may write into
/// the body, and the origin, which was checked against the sites that may install, must agree.
fn is_same_site(row: &Model, installation: &Installation) -> bool {
    let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
    row.client_key.is_some()
        && row.cloud_id.is_some()
        && row.cloud_id == installation.cloud_id
        && origin(&row.site_url).is_some_and(|of| of.is_tuple())
        && origin(&row.site_url) == origin(&installation.site_url)
}

async fn install_in_place(
    tx: TenantTx,
    installation: &Installation,
) -> Result<Installed, RegistryError> {
    let old = locked(&tx).await?;
    let named = old.client_key.as_deref() == Some(&installation.client_key);
    if !named && !is_same_site(&old, installation) {
        return Err(RegistryError::Superseded);
    }
    let current = match &old.sealed_secret {
        Some(sealed) => Some(tx.open(TABLE, "sealed_secret", sealed).await?),
        None => None,
    };
    let secret = installation.shared_secret.expose_secret().as_bytes();
    let same_secret = current
        .as_ref()
        .is_some_and(|plain| constant_time_eq(plain.as_slice(), secret));
    let in_time = match old.secret_issued_at {
        Some(known) if same_secret && named => installation.issued_at >= known,
        Some(known) => installation.issued_at > known,
        None => true,
    };
    if !in_time {
        return Err(RegistryError::Stale);
    }
    let changes = changes(&old, installation, current.is_some() && !same_secret);
    write_audit(&tx, &old, installation, &changes).await?;
    let mut row = old.into_active_model();
    if !same_secret {
        row.sealed_secret = Set(Some(tx.seal(TABLE, "sealed_secret", secret).await?));
    }
    let now = tx.clock().now();
    if let (Some(plain), false) = (&current, same_secret && named) {
        let sealed = tx.seal(TABLE, "sealed_previous_secret", plain.as_slice());
        row.sealed_previous_secret = Set(Some(sealed.await?));
        row.previous_secret_until = Set(Some(now + PREVIOUS_SECRET_LIVES));
    }
    if let Some(former) = former_client_key(&changes) {
        row.previous_client_key = Set(Some(former));
        row.client_key = Set(Some(installation.client_key.clone()));
    }
    if let Some(cloud_id) = &installation.cloud_id {
        row.cloud_id = Set(Some(cloud_id.clone()));
    }
    row.site_url = Set(installation.site_url.clone());
    row.display_url = Set(installation.display_url.clone());
    row.secret_issued_at = Set(Some(installation.issued_at));
    row.state = Set(TenantState::Installed);
    row.uninstalled_at = Set(None);
    row.updated_at = Set(now);
    row.update(tx.conn()).await?;
    let tenant = tx.tenant();
    tx.commit().await?;
    Ok(Installed { tenant, changes })
}

fn former_client_key(changes: &[Change]) -> Option<String> {
    changes.iter().find_map(|change| match change {
        Change::Imported { former_client_key } => Some(former_client_key.clone()),
        _ => None,
    })
}

fn changes(old: &Model, new: &Installation, rotated: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.state != TenantState::Installed {
        changes.push(Change::Reinstalled);
    }
    if let Some(former) = old.client_key.as_ref().filter(|it| **it != new.client_key) {
        changes.push(Change::Imported {
            former_client_key: former.clone(),
        });
    }
    if old.site_url != new.site_url || old.display_url != new.display_url {
        changes.push(Change::Renamed {
            from: old.site_url.clone(),
        });
    }
    if rotated {
        changes.push(Change::SecretRotated);
    }
    changes
}

async fn write_audit(
    tx: &TenantTx,
    old: &Model,
    new: &Installation,
    changes: &[Change],
) -> Result<(), RegistryError> {
    for change in changes {
        let entry = |action| Entry::new(Actor::Atlassian, action);
        let entry = match change {
            Change::New => entry(Action::SiteInstalled),
            Change::Reinstalled => entry(Action::SiteReinstalled),
            Change::SecretRotated => entry(Action::SiteSecretRotated),
            Change::Renamed { from } => entry(Action::SiteRenamed)
                .changed("site_url", Some(from), Some(&new.site_url))
                .changed(
                    "display_url",
                    old.display_url.as_deref(),
                    new.display_url.as_deref(),
                ),
            Change::Imported { former_client_key } => entry(Action::SiteImported).changed(
                "client_key",
                Some(former_client_key),
                Some(&new.client_key),
            ),
        };
        audit::record(tx, &entry).await?;
    }
    Ok(())
}
