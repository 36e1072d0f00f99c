//! `installed` and `uninstalled`: the calls that make and end a tenant.
//!
//! Rules: *Signed install callbacks* and *App lifecycle* (Atlassian). The checks run in this order:
//! algorithm, key, signature, times, issuer, audience, query hash, site.

mod error;
mod payload;
#[cfg(test)]
mod tests;

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use jsonwebtoken::Algorithm;
use secrecy::SecretString;
use url::Url;

pub use error::LifecycleError;
pub use payload::LifecyclePayload;

use super::{
    AllowedSites, Canonical, InstallKeys, KeyError, UnverifiedToken,
    token::{self, LifecycleToken},
};
use crate::{SiteUrl, jws, key_id::is_key_id};

/// What a lifecycle call is measured against.
#[derive(Clone, Debug)]
pub struct LifecycleDoor {
    /// The key of our app; a payload that names another is refused.
    pub app_key: String,
    /// Our base URLs: the present one, and those that older installs still use.
    pub app_base_urls: Vec<Url>,
    /// Which sites may install.
    pub allowed_sites: AllowedSites,
    /// Where the keys come from.
    pub keys: InstallKeys,
}

/// A verified `installed`: make the tenant `client_key`, or put the new secret and site URL in place and
/// keep all its data (Jira sends the same call to rotate the secret or after the site was renamed).
#[derive(Clone, Debug)]
pub struct Installed {
    /// The tenant: stable on one site, other after a backup of another site was restored.
    pub client_key: String,
    /// What both sides sign with from now on.
    pub shared_secret: SecretString,
    /// When Atlassian signed the call. One that is older than the secret at hand is a repetition.
    pub issued_at: DateTime<Utc>,
    /// Base URL of the site's REST API.
    pub base_url: Url,
    /// Base URL that people see (a custom domain); the same as `base_url` where Jira names none.
    pub display_url: Url,
    /// Everything else that came.
    pub payload: LifecyclePayload,
}

/// A verified `uninstalled`.
#[derive(Clone, Debug)]
pub struct Uninstalled {
    /// The tenant that is gone.
    pub client_key: String,
    /// When Atlassian signed the call. One that is older than the present installation is a repetition.
    pub issued_at: DateTime<Utc>,
    /// Everything else that came.
    pub payload: LifecyclePayload,
}

impl LifecycleDoor {
    /// Whether a call could be one of Atlassian's, before anything of its body is read: its token names our algorithm and
    /// a key that there could be. Anybody can write such a token; most who only want to be waited for do not.
    ///
    /// # Errors
    /// As [`LifecycleDoor::verify_installed`].
    pub fn glance(authorization: &str) -> Result<(), LifecycleError> {
        pinned(authorization).map(|_| ())
    }

    /// The same door for a sender in this network: see [`InstallKeys::asked_by`].
    #[must_use]
    pub fn asked_by(&self, sender: IpAddr) -> Self {
        Self {
            keys: self.keys.asked_by(sender),
            ..self.clone()
        }
    }

    /// Verifies a call of `installed`: `body` as it came, `authorization` the value of the header.
    ///
    /// # Errors
    /// See [`LifecycleError`]; [`LifecycleError::is_transient`] tells an outage of the key server from a forgery.
    pub async fn verify_installed(
        &self,
        body: &[u8],
        authorization: &str,
        canonical: &Canonical,
        now: DateTime<Utc>,
    ) -> Result<Installed, LifecycleError> {
        let (payload, token) = self.verify(body, authorization, canonical, now).await?;
        let base_url = self.site(&payload)?;
        let shared_secret = payload
            .shared_secret
            .clone()
            .ok_or(LifecycleError::Payload("sharedSecret"))?;
        // The signature does not cover the body: what is no address of a site is not believed to be one.
        let display_url = payload.display_url.as_deref();
        let display_url = display_url.and_then(SiteUrl::parse).map(Url::from);
        Ok(Installed {
            client_key: payload.client_key.clone(),
            shared_secret,
            issued_at: token.issued_at,
            display_url: display_url.unwrap_or_else(|| base_url.clone()),
            base_url,
            payload,
        })
    }

    /// Verifies a call of `uninstalled`.
    ///
    /// # Errors
    /// As [`LifecycleDoor::verify_installed`].
    pub async fn verify_uninstalled(
        &self,
        body: &[u8],
        authorization: &str,
        canonical: &Canonical,
        now: DateTime<Utc>,
    ) -> Result<Uninstalled, LifecycleError> {
        let (payload, token) = self.verify(body, authorization, canonical, now).await?;
        Ok(Uninstalled {
            client_key: payload.client_key.clone(),
            issued_at: token.issued_at,
            payload,
        })
    }

    async fn verify(
        &self,
        body: &[u8],
        authorization: &str,
        canonical: &Canonical,
        now: DateTime<Utc>,
    ) -> Result<(LifecyclePayload, LifecycleToken), LifecycleError> {
        let (token, kid) = pinned(authorization)?;
        let payload = LifecyclePayload::parse(body)?;
        let key = self.keys.key(&kid).await.map_err(LifecycleError::Key)?;
        let token = token::verify_lifecycle(
            &token,
            &key,
            &payload.client_key,
            &self.app_base_urls,
            canonical,
            now,
        )?;
        match payload.key.as_deref() {
            Some(key) if key != self.app_key => Err(LifecycleError::WrongApp),
            _ => Ok((payload, token)),
        }
    }

    fn site(&self, payload: &LifecyclePayload) -> Result<Url, LifecycleError> {
        let url = payload
            .base_url
            .as_deref()
            .ok_or(LifecycleError::Payload("baseUrl"))?;
        let url = SiteUrl::parse(url).ok_or(LifecycleError::Payload("baseUrl"))?;
        let url = Url::from(url);
        if self.allowed_sites.allows(&url) {
            Ok(url)
        } else {
            Err(LifecycleError::SiteNotAllowed)
        }
    }
}

/// The token of a header and the name of its key, once both have the shape that they must have.
fn pinned(authorization: &str) -> Result<(UnverifiedToken<'_>, String), LifecycleError> {
    let token = UnverifiedToken::from_authorization(authorization)?;
    let header = jws::pin(token.raw(), Algorithm::RS256).map_err(token::TokenError::from)?;
    let kid = header.kid.unwrap_or_default();
    match is_key_id(&kid) {
        true => Ok((token, kid)),
        false => Err(LifecycleError::Key(Arc::new(KeyError::BadKeyId))),
    }
}
