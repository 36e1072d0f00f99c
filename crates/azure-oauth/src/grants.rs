//! Access tokens out of kept grants. The rotated refresh token is always the stored one.

use chrono::TimeDelta;
use postroom_registry::{
    GrantId, Registry, RegistryError, TenantId,
    grant::{self, Refreshed},
};
use secrecy::SecretString;

use crate::{Microsoft, OAuthError};

/// A kept access token is used until this long before its end.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// Why a grant gave no access token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GrantError {
    /// Microsoft did not give one.
    #[error("the grant brought no access token")]
    Microsoft(#[from] OAuthError),
    /// The book did not answer.
    #[error("the grant could not be read or written")]
    Registry(#[from] RegistryError),
}

/// Gives out access tokens of grants and keeps what Microsoft rotates. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Grants {
    registry: Registry,
    microsoft: Microsoft,
}

impl Grants {
    /// Grants of `registry`, refreshed at `microsoft`.
    pub fn new(registry: Registry, microsoft: Microsoft) -> Self {
        Self {
            registry,
            microsoft,
        }
    }

    /// An access token that lives at least five more minutes: the kept one, else a fresh one.
    ///
    /// # Errors
    /// [`GrantError::Microsoft`]; ask its diagnosis whose it is before touching a connection.
    pub async fn access_token(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<SecretString, GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let read = grant::find(&tx, id).await?;
        let until = tx.clock().now() + MARGIN;
        let kept = grant::access_token(&tx, &read, until).await?;
        tx.commit().await?;
        match kept {
            Some(token) => Ok(token),
            None => self.refresh(tenant, &read).await,
        }
    }

    /// Refreshes a grant whether or not its access token lives: nothing that is in use may idle for 90 days
    /// ("Refresh tokens in the Microsoft identity platform").
    ///
    /// # Errors
    /// As [`Grants::access_token`].
    pub async fn renew(&self, tenant: TenantId, id: GrantId) -> Result<(), GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let read = grant::find(&tx, id).await?;
        tx.commit().await?;
        self.refresh(tenant, &read).await.map(drop)
    }

    /// Graph refused the kept access token before its time: the next call refreshes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_access_token(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<(), GrantError> {
        let tx = self.registry.begin(tenant).await?;
        grant::drop_access_token(&tx, id).await?;
        Ok(tx.commit().await?)
    }

    /// No row is locked while Microsoft is asked: the old token stays valid, so of two workers that refresh at once
    /// one stores and the other takes what was stored.
    async fn refresh(
        &self,
        tenant: TenantId,
        read: &grant::Model,
    ) -> Result<SecretString, GrantError> {
        let tx = self.registry.begin(tenant).await?;
        let refresh_token = grant::refresh_token(&tx, read).await?;
        tx.commit().await?;
        let scopes: Vec<&str> = read.scopes.iter().map(String::as_str).collect();
        let scopes = with_offline_access(scopes);
        let tokens = self.microsoft.refresh(&refresh_token, &scopes).await?;
        let refreshed = Refreshed {
            refresh_token: tokens.refresh_token,
            access_token: tokens.access_token.clone(),
            access_expires_at: tokens.expires_at,
            scopes: match tokens.scopes {
                // No list means: as asked for (RFC 6749, section 5.1).
                none if none.is_empty() => read.scopes.clone(),
                scopes => scopes,
            },
        };
        let tx = self.registry.begin(tenant).await?;
        match grant::store_refreshed(&tx, read, &refreshed).await {
            Ok(()) => tx.commit().await?,
            // The winner's token is the stored one; ours is good for its hour all the same.
            Err(RegistryError::Superseded) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(tokens.access_token)
    }
}

/// Microsoft answers a refresh with a new refresh token only where `offline_access` is asked for, and its list of
/// granted scopes does not name it.
fn with_offline_access(mut scopes: Vec<&str>) -> Vec<&str> {
    if !scopes.contains(&"offline_access") {
        scopes.push("offline_access");
    }
    scopes
}

#[cfg(test)]
mod tests;
