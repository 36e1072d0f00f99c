//! An installation of a site that we know.

use chrono::TimeDelta;
use postroom_secrets::constant_time_eq;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};
use secrecy::ExposeSecret as _;
use url::Url;

use super::{Change, Installation, Installed};
use crate::{
    RegistryError, TenantTx,
    audit::{self, Action, Actor, Entry},
    tenant::{ActiveModel, Model, TABLE, TenantState, locked},
};

/// A secret that was replaced stays good this long: `enabled` and webhooks may be in flight, signed with it.
const PREVIOUS_SECRET_LIVES: TimeDelta = TimeDelta::minutes(5);

/// Whether a row whose client key is another one is the same site: both the cloud id, which a caller may write into
/// the body, and the origin, which was checked against the sites that may install, must agree.
pub(super) fn is_same_site(row: &Model, installation: &Installation) -> bool {
    let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
    row.client_key.is_some()
        && row.cloud_id.is_some()
        && row.cloud_id == installation.cloud_id
        && origin(&row.site_url).is_some_and(|of| of.is_tuple())
        && origin(&row.site_url) == origin(&installation.site_url)
}

pub(super) async fn install_in_place(
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
    let mut row = changed_row(old, installation);
    let now = tx.clock().now();
    if !same_secret {
        row.sealed_secret = Set(Some(tx.seal(TABLE, "sealed_secret", secret).await?));
    }
    // A former client key, too, answers as long as a previous secret lives, be it the same one.
    if let (Some(plain), false) = (&current, same_secret && named) {
        let sealed = tx.seal(TABLE, "sealed_previous_secret", plain.as_slice());
        row.sealed_previous_secret = Set(Some(sealed.await?));
        row.previous_secret_until = Set(Some(now + PREVIOUS_SECRET_LIVES));
    }
    row.updated_at = Set(now);
    row.update(tx.conn()).await?;
    let tenant = tx.tenant();
    tx.commit().await?;
    Ok(Installed { tenant, changes })
}

/// The row with everything that an installation says but its secret.
fn changed_row(old: Model, new: &Installation) -> ActiveModel {
    let imported = old.client_key.as_ref() != Some(&new.client_key);
    let former = old.client_key.clone();
    let mut row = old.into_active_model();
    if imported {
        row.previous_client_key = Set(former);
        row.client_key = Set(Some(new.client_key.clone()));
    }
    if let Some(cloud_id) = &new.cloud_id {
        row.cloud_id = Set(Some(cloud_id.clone()));
    }
    row.site_url = Set(new.site_url.clone());
    row.display_url = Set(new.display_url.clone());
    row.secret_issued_at = Set(Some(new.issued_at));
    row.state = Set(TenantState::Installed);
    row.uninstalled_at = Set(None);
    row
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
