//! All app registrations with which somebody can be signed in: the service's own and those that tenants brought.

use std::sync::Arc;

use postroom_clock::Clock;
use postroom_registry::{
    RegistrationId, Registry, RegistryError, TenantId, TenantTx,
    registration::{self, Cloud},
};
use postroom_telemetry::HttpClient;
use url::Url;

use crate::diagnosis::Whose;
use crate::keys::Keys;
use crate::{AppRegistration, CertificateError, Clouds, Credential, Microsoft};

/// Why a registration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrationError {
    /// It is not there, or the book did not answer.
    #[error("the app registration could not be read")]
    Registry(#[from] RegistryError),
    /// The kept certificate cannot be read.
    #[error("the certificate of the app registration could not be read")]
    Certificate(#[from] CertificateError),
}

/// Gives out [`Microsoft`] for a registration. Cheap to clone; all of one cloud share its signing keys.
#[derive(Clone, Debug)]
pub struct Registrations {
    http: HttpClient,
    clouds: Clouds,
    own: Microsoft,
    redirect_uri: Url,
    clock: Clock,
    registry: Registry,
    keys: Arc<KeysOfClouds>,
}

#[derive(Debug, Default)]
struct KeysOfClouds {
    global: Arc<Keys>,
    us_gov_l4: Arc<Keys>,
    us_gov_l5: Arc<Keys>,
    china: Arc<Keys>,
}

impl KeysOfClouds {
    fn of(&self, cloud: Cloud) -> &Arc<Keys> {
        match cloud {
            Cloud::Global => &self.global,
            Cloud::UsGovL4 => &self.us_gov_l4,
            Cloud::UsGovL5 => &self.us_gov_l5,
            Cloud::China => &self.china,
        }
    }
}

impl Registrations {
    /// `own` is the service's registration; `redirect_uri` must be registered as a *Web* redirect URI with every
    /// registration, character for character.
    pub fn new(
        http: HttpClient,
        clouds: Clouds,
        own: AppRegistration,
        redirect_uri: Url,
        clock: Clock,
        registry: Registry,
    ) -> Self {
        let keys = Arc::new(KeysOfClouds::default());
        let mut own = Microsoft::new(
            http.clone(),
            &clouds,
            own,
            redirect_uri.clone(),
            clock.clone(),
        );
        own.keys = keys.of(own.cloud()).clone();
        Self {
            http,
            clouds,
            own,
            redirect_uri,
            clock,
            registry,
            keys,
        }
    }

    /// Where the clouds are.
    pub fn clouds(&self) -> &Clouds {
        &self.clouds
    }

    /// The service's own registration.
    pub fn own(&self) -> Microsoft {
        self.own.clone()
    }

    /// Entra ID through a registration that a tenant wants to bring, kept or not.
    pub fn brought(&self, registration: AppRegistration) -> Microsoft {
        let keys = self.keys.of(registration.cloud).clone();
        let (http, clock) = (self.http.clone(), self.clock.clone());
        let redirect_uri = self.redirect_uri.clone();
        Microsoft {
            whose: Whose::Tenant,
            keys,
            ..Microsoft::new(http, &self.clouds, registration, redirect_uri, clock)
        }
    }

    /// The tenant's registration of that id, or the service's own.
    ///
    /// # Errors
    /// [`RegistrationError`] when the tenant has none of that id (any more), or when it does not open.
    pub async fn of(
        &self,
        tx: &TenantTx,
        id: Option<RegistrationId>,
    ) -> Result<Microsoft, RegistrationError> {
        let Some(id) = id else {
            return Ok(self.own());
        };
        let row = registration::find(tx, id).await?;
        let credential = registration::credential(tx, &row).await?;
        Ok(self.brought(AppRegistration {
            credential: Credential::kept(&credential)?,
            client_id: row.client_id,
            directory: row.directory_id,
            cloud: row.cloud,
            secret_expires_at: row.expires_at,
        }))
    }

    /// As [`Registrations::of`], in a transaction of its own.
    ///
    /// # Errors
    /// As [`Registrations::of`].
    pub async fn of_tenant(
        &self,
        tenant: TenantId,
        id: Option<RegistrationId>,
    ) -> Result<Microsoft, RegistrationError> {
        let tx = self.registry.begin(tenant).await?;
        let microsoft = self.of(&tx, id).await?;
        tx.commit().await?;
        Ok(microsoft)
    }
}

#[cfg(test)]
mod tests;
