//! A site installs the Forge app.

use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{
    Change, Installed, Model, TenantState,
    installation::{insert_new, new_row},
    locked,
};
use crate::{
    Registry, RegistryError, TenantId, TenantTx,
    audit::{self, Action, Actor, Entry},
};

/// An installation of Forge, as a verified invocation token names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForgeInstallation {
    /// Forge's name for it; a new one with each installation.
    pub installation_id: String,
    /// Atlassian's id of the cloud site.
    pub cloud_id: String,
    /// The site.
    pub site_url: String,
    /// Where Jira's REST API is for this installation.
    pub api_base_url: String,
}

impl Registry {
    /// Takes an installation in: a new tenant, or the one that has it, whose addresses are brought up to date.
    ///
    /// It never finds data by the cloud id: an installation that goes on with the data of another one is a step that
    /// an administrator takes, see [`Registry::move_to_forge`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn install_forge(
        &self,
        installation: &ForgeInstallation,
    ) -> Result<Installed, RegistryError> {
        let known = self
            .tenant_by_installation(&installation.installation_id)
            .await?;
        if let Some(tenant) = known {
            return install_in_place(self.begin(tenant).await?, installation).await;
        }
        let tx = self.begin(TenantId(self.clock().new_id())).await?;
        let (mut row, key) = new_row(&tx);
        row.installation_id = Set(Some(installation.installation_id.clone()));
        row.cloud_id = Set(Some(installation.cloud_id.clone()));
        row.site_url = Set(installation.site_url.clone());
        row.api_base_url = Set(Some(installation.api_base_url.clone()));
        match insert_new(tx, row, key).await {
            // Another call of the same installation was faster.
            Err(RegistryError::Duplicate) => {
                let tenant = self
                    .tenant_by_installation(&installation.installation_id)
                    .await?
                    .ok_or(RegistryError::Superseded)?;
                install_in_place(self.begin(tenant).await?, installation).await
            }
            other => other,
        }
    }
}

async fn install_in_place(
    tx: TenantTx,
    installation: &ForgeInstallation,
) -> Result<Installed, RegistryError> {
    let old = locked(&tx).await?;
    if old.installation_id.as_deref() != Some(&installation.installation_id) {
        return Err(RegistryError::Superseded);
    }
    let tenant = old.id;
    let changes = changes(&old, installation);
    let known = changes.is_empty()
        && old.api_base_url.as_deref() == Some(&installation.api_base_url)
        && old.cloud_id.as_deref() == Some(&installation.cloud_id);
    if known {
        return Ok(Installed { tenant, changes });
    }
    for change in &changes {
        let entry =
            match change {
                Change::Renamed { from } => Entry::new(Actor::Atlassian, Action::SiteRenamed)
                    .changed("site_url", Some(from), Some(&installation.site_url)),
                _ => Entry::new(Actor::Atlassian, Action::SiteReinstalled),
            };
        audit::record(&tx, &entry).await?;
    }
    let renamed = changes
        .iter()
        .any(|change| matches!(change, Change::Renamed { .. }));
    let mut row = old.into_active_model();
    if renamed {
        row.site_url = Set(installation.site_url.clone());
    }
    row.cloud_id = Set(Some(installation.cloud_id.clone()));
    row.api_base_url = Set(Some(installation.api_base_url.clone()));
    row.state = Set(TenantState::Installed);
    row.uninstalled_at = Set(None);
    row.updated_at = Set(tx.clock().now());
    row.update(tx.conn()).await?;
    tx.commit().await?;
    Ok(Installed { tenant, changes })
}

fn changes(old: &Model, new: &ForgeInstallation) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.state == TenantState::Uninstalled {
        changes.push(Change::Reinstalled);
    }
    // The two doors write one address with and without a slash at its end.
    if old.site_url.trim_end_matches('/') != new.site_url.trim_end_matches('/') {
        changes.push(Change::Renamed {
            from: old.site_url.clone(),
        });
    }
    changes
}
