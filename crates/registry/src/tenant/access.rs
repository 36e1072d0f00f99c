//! What we speak to a tenant's Jira with.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};
use secrecy::{ExposeSecret as _, SecretString};

use super::{TABLE, TenantState, locked, this};
use crate::{Registry, RegistryError, TenantId, TenantTx};

/// A system token that ends sooner than this is not used any more: the call takes time, too.
const TOO_SHORT: TimeDelta = TimeDelta::seconds(30);
/// A token is kept only where it lives so much longer than the one that is there: most calls bring one.
const WORTH_KEEPING: TimeDelta = TimeDelta::seconds(60);
/// A system token lives four hours at most (Forge Remote essentials). One that says more is not believed: it would
/// keep every later one away.
const LONGEST: TimeDelta = TimeDelta::hours(4);
/// How long a token is still tried that Jira refused. After an install Jira knows for minutes not what the app may do,
/// and refuses good tokens, too (*App life cycle events*, Atlassian).
const DOUBTED_FOR: TimeDelta = TimeDelta::minutes(15);

/// How a tenant's Jira is spoken to now.
#[derive(Debug)]
pub enum JiraAccess {
    /// As the Connect app, with a token that the secret signs.
    Connect {
        /// Who we are on the site.
        client_key: String,
        /// What signs.
        shared_secret: SecretString,
        /// Where Jira's REST API is.
        site_url: String,
    },
    /// As the Forge app.
    Forge {
        /// The bearer token.
        system_token: SecretString,
        /// Where Jira's REST API is.
        api_base_url: String,
    },
    /// There is a Forge door, but no token at hand: the next call of Jira brings one, within the hour.
    Waiting,
    /// The app is switched off or removed.
    Closed,
}

/// How the transaction's tenant is spoken to: with Forge's token while it lives, else with Connect's secret.
///
/// # Errors
/// When a secret does not open.
pub async fn jira_access(tx: &TenantTx) -> Result<JiraAccess, RegistryError> {
    let row = this(tx).await?;
    if row.state != TenantState::Installed {
        return Ok(JiraAccess::Closed);
    }
    let lives = row
        .system_token_until
        .is_some_and(|until| tx.clock().now() + TOO_SHORT < until);
    if let (Some(sealed), Some(api_base_url), true) =
        (&row.sealed_system_token, row.api_base_url, lives)
    {
        let plain = tx.open(TABLE, "sealed_system_token", sealed).await?;
        return Ok(JiraAccess::Forge {
            system_token: plain.to_secret_string()?,
            api_base_url,
        });
    }
    if let (Some(sealed), Some(client_key)) = (&row.sealed_secret, row.client_key) {
        let plain = tx.open(TABLE, "sealed_secret", sealed).await?;
        return Ok(JiraAccess::Connect {
            client_key,
            shared_secret: plain.to_secret_string()?,
            site_url: row.site_url,
        });
    }
    Ok(match row.installation_id {
        Some(_) => JiraAccess::Waiting,
        None => JiraAccess::Closed,
    })
}

/// Whether there is still no token at hand. None comes before the transaction ends.
///
/// # Errors
/// As [`jira_access`].
pub async fn waits_for_token(tx: &TenantTx) -> Result<bool, RegistryError> {
    locked(tx).await?;
    Ok(matches!(jira_access(tx).await?, JiraAccess::Waiting))
}

/// Keeps a system token that came with a call, sealed. `until` is what the token says of its end. Says whether it was
/// kept: one that lives hardly longer than the one at hand is not, and a tenant without a Forge door keeps none.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_system_token(
    tx: &TenantTx,
    token: &SecretString,
    until: DateTime<Utc>,
) -> Result<bool, RegistryError> {
    let now = tx.clock().now();
    let until = until.min(now + LONGEST);
    let worth = |kept: Option<DateTime<Utc>>| {
        until > now && kept.is_none_or(|kept| kept + WORTH_KEEPING < until)
    };
    if !worth(this(tx).await?.system_token_until) {
        return Ok(false);
    }
    let row = locked(tx).await?;
    let has_door = row.installation_id.is_some()
        && matches!(row.state, TenantState::Installed | TenantState::Disabled);
    if !has_door || !worth(row.system_token_until) {
        return Ok(false);
    }
    let sealed = tx
        .seal(
            TABLE,
            "sealed_system_token",
            token.expose_secret().as_bytes(),
        )
        .await?;
    let mut row = row.into_active_model();
    row.sealed_system_token = Set(Some(sealed));
    row.system_token_until = Set(Some(until));
    row.update(tx.conn()).await?;
    Ok(true)
}

/// Doubts the tenant's system token, if it is still this one: Jira refused it. It is tried for some minutes more, and
/// whatever Forge brings next takes its place, also a token that says to live shorter. Says whether it was doubted now.
///
/// # Errors
/// When the database does not answer, or what is kept does not open.
pub async fn doubt_system_token(
    tx: &TenantTx,
    refused: &SecretString,
) -> Result<bool, RegistryError> {
    let row = locked(tx).await?;
    let doubted_until = tx.clock().now() + DOUBTED_FOR;
    let (Some(sealed), Some(until)) = (&row.sealed_system_token, row.system_token_until) else {
        return Ok(false);
    };
    let kept = tx.open(TABLE, "sealed_system_token", sealed).await?;
    if kept.as_slice() != refused.expose_secret().as_bytes() || until <= doubted_until {
        return Ok(false);
    }
    let mut row = row.into_active_model();
    row.system_token_until = Set(Some(doubted_until));
    row.update(tx.conn()).await?;
    Ok(true)
}

/// Hears from whoever speaks to a tenant's Jira that its system token is not accepted. Cheap to clone.
#[derive(Clone, Debug)]
pub struct TokenWatch {
    registry: Registry,
    tenant: TenantId,
}

impl TokenWatch {
    /// For the transaction's tenant.
    pub fn of(tx: &TenantTx) -> Self {
        Self {
            registry: tx.registry(),
            tenant: tx.tenant(),
        }
    }

    /// Jira does not accept this token: [`doubt_system_token`], in a transaction of its own.
    ///
    /// # Errors
    /// As [`doubt_system_token`].
    pub async fn refused(&self, token: &SecretString) -> Result<bool, RegistryError> {
        let tx = self.registry.begin(self.tenant).await?;
        let doubted = doubt_system_token(&tx, token).await?;
        tx.commit().await?;
        Ok(doubted)
    }
}
