//! A site switches the app off and on, and removes it, through either door.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{ActiveModel, Model, TenantState, locked};
use crate::{
    RegistryError, TenantTx,
    audit::{self, Action, Actor, Entry},
};

/// The way in which a site and we know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// Client key and shared secret.
    Connect,
    /// Installation and system token.
    Forge,
}

impl Door {
    fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Forge => "forge",
        }
    }
}

/// The app was removed through this door: its secrets are forgotten. A tenant that has the other door, too, stays at
/// work behind it; else its data is kept until the end of retention.
///
/// # Errors
/// When the database does not answer.
pub async fn close(tx: &TenantTx, door: Door) -> Result<(), RegistryError> {
    close_locked(tx, locked(tx).await?, door).await
}

/// Connect's word, signed at `issued_at`, that the site of this client key removed the app. Without effect when the
/// site installed it again since, or goes by another key: calls come in any order, and the row is looked at once
/// nobody else can change it any more. Says whether the door was closed.
///
/// # Errors
/// When the database does not answer.
pub async fn uninstalled(
    tx: &TenantTx,
    client_key: &str,
    issued_at: DateTime<Utc>,
) -> Result<bool, RegistryError> {
    let row = locked(tx).await?;
    let overtaken = row.secret_issued_at.is_some_and(|at| at > issued_at);
    if overtaken || row.client_key.as_deref() != Some(client_key) {
        return Ok(false);
    }
    close_locked(tx, row, Door::Connect).await?;
    Ok(true)
}

async fn close_locked(tx: &TenantTx, old: Model, door: Door) -> Result<(), RegistryError> {
    let other_door = match door {
        Door::Connect => old.installation_id.is_some(),
        Door::Forge => old.sealed_secret.is_some(),
    };
    let (state, was_open) = (old.state, is_open(&old, door));
    let mut row = old.into_active_model();
    match door {
        Door::Connect => forget_secrets(&mut row),
        Door::Forge => {
            row.sealed_system_token = Set(None);
            row.system_token_until = Set(None);
            if other_door {
                row.installation_id = Set(None);
                row.api_base_url = Set(None);
            }
        }
    }
    if other_door {
        // The app has another account behind the other door.
        row.app_account_id = Set(None);
    }
    let now = tx.clock().now();
    let gone = matches!(state, TenantState::Uninstalled | TenantState::Forgotten);
    if !other_door && !gone {
        row.state = Set(TenantState::Uninstalled);
        row.uninstalled_at = Set(Some(now));
    }
    row.updated_at = Set(now);
    row.update(tx.conn()).await?;
    if was_open && !gone {
        let uninstalled = TenantState::Uninstalled.word();
        let to = if other_door {
            state.word()
        } else {
            uninstalled
        };
        let entry = Entry::new(Actor::Atlassian, Action::SiteUninstalled)
            .changed("door", Some(door.word()), None)
            .changed("state", Some(state.word()), Some(to));
        audit::record(tx, &entry).await?;
    }
    Ok(())
}

/// The site switched the Connect app on or off. A tenant that is at work behind Forge's door only loses its Connect
/// door; one that removed the app stays removed, in whatever order the calls come.
///
/// # Errors
/// When the database does not answer.
pub async fn set_enabled(tx: &TenantTx, enabled: bool) -> Result<(), RegistryError> {
    let old = locked(tx).await?;
    if !enabled && old.installation_id.is_some() {
        return close_locked(tx, old, Door::Connect).await;
    }
    let (from, to, action) = match enabled {
        true => (
            TenantState::Disabled,
            TenantState::Installed,
            Action::SiteEnabled,
        ),
        false => (
            TenantState::Installed,
            TenantState::Disabled,
            Action::SiteDisabled,
        ),
    };
    if old.state != from {
        return Ok(());
    }
    let mut row = old.into_active_model();
    row.state = Set(to);
    row.updated_at = Set(tx.clock().now());
    row.update(tx.conn()).await?;
    audit::record(tx, &Entry::new(Actor::Atlassian, action)).await?;
    Ok(())
}

fn is_open(row: &Model, door: Door) -> bool {
    match door {
        Door::Connect => row.sealed_secret.is_some(),
        Door::Forge => row.installation_id.is_some(),
    }
}

fn forget_secrets(row: &mut ActiveModel) {
    row.sealed_secret = Set(None);
    row.sealed_previous_secret = Set(None);
    row.previous_secret_until = Set(None);
    row.previous_client_key = Set(None);
}
