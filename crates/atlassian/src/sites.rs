//! The Jira of each tenant, spoken to with whatever its front door left us: Connect's secret or Forge's system token.

use std::sync::Arc;

use postroom_clock::Clock;
use postroom_registry::{
    RegistryError, TenantTx,
    tenant::{self, JiraAccess, TokenWatch},
};
use postroom_telemetry::{HttpClient, Origins};
use url::Url;

use crate::{
    connect::{AllowedSites, AppToken},
    jira::{Credential, JiraClient},
};

#[cfg(test)]
mod tests;

/// Why a tenant's Jira cannot be spoken to.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// There is a Forge door and no token that lives. The next call of Jira brings one, within the hour.
    #[error("no token for the site is at hand")]
    Waiting,
    /// The app is switched off or removed.
    #[error("the app is not installed on the site any more")]
    Closed,
    /// The stored address is not one that this deployment speaks to.
    #[error("the address of the site is not one that this deployment speaks to")]
    Address,
    /// The book.
    #[error("the tenant's access could not be read")]
    Registry(#[from] RegistryError),
}

/// Makes clients for the sites of tenants. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sites {
    clock: Clock,
    app_key: Arc<str>,
    connect: Way,
    forge: Way,
}

/// An HTTP client and the only origins that it calls.
#[derive(Clone, Debug)]
struct Way {
    http: HttpClient,
    origins: Origins,
}

impl Way {
    fn new(http: &HttpClient, origins: Origins) -> Self {
        Self {
            http: http.clone().within(origins.clone()),
            origins,
        }
    }

    fn base(&self, stored: &str) -> Result<Url, SiteError> {
        Url::parse(stored)
            .ok()
            .filter(|url| self.origins.allows(url))
            .ok_or(SiteError::Address)
    }
}

impl Sites {
    /// `app_key` is the Connect app's key; a tenant's Connect secret signs for `allowed_sites` alone, and its Forge
    /// token goes to `api_base` (`https://api.atlassian.com`) alone.
    pub fn new(
        http: &HttpClient,
        clock: Clock,
        app_key: impl Into<Arc<str>>,
        allowed_sites: AllowedSites,
        api_base: &Url,
    ) -> Self {
        Self {
            clock,
            app_key: app_key.into(),
            connect: Way::new(http, allowed_sites),
            forge: Way::new(http, Origins::of(api_base)),
        }
    }

    /// A client for the transaction's tenant. A system token that Jira does not accept is doubted, in a transaction
    /// of its own: do not call Jira with the tenant's row locked.
    ///
    /// # Errors
    /// See [`SiteError`].
    pub async fn jira(&self, tx: &TenantTx) -> Result<JiraClient, SiteError> {
        let client = self.with(tenant::jira_access(tx).await?)?;
        Ok(client.watched(TokenWatch::of(tx)))
    }

    /// A client for a tenant whose access was read before.
    ///
    /// # Errors
    /// See [`SiteError`].
    pub fn with(&self, access: JiraAccess) -> Result<JiraClient, SiteError> {
        let (way, base, credential) = match access {
            JiraAccess::Connect {
                client_key,
                shared_secret,
                site_url,
            } => {
                let signer = AppToken {
                    app_key: self.app_key.to_string(),
                    client_key,
                    shared_secret,
                };
                (&self.connect, site_url, Credential::Connect(signer))
            }
            JiraAccess::Forge {
                system_token: token,
                api_base_url,
            } => (&self.forge, api_base_url, Credential::Forge { token }),
            JiraAccess::Waiting => return Err(SiteError::Waiting),
            JiraAccess::Closed => return Err(SiteError::Closed),
        };
        let base = way.base(&base)?;
        Ok(JiraClient::new(
            way.http.clone(),
            self.clock.clone(),
            base,
            credential,
        ))
    }
}
