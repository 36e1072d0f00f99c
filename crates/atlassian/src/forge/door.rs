use chrono::{DateTime, Utc};
use jsonwebtoken::Algorithm;
use postroom_telemetry::HttpClient;
use url::Url;

use super::{Environment, ForgeError, InvocationToken, claims::Claims, jwks::Jwks};
use crate::{connect::AllowedSites, jws};

const ISSUER: &str = "forge/invocation-token";

/// What an invocation is measured against.
#[derive(Clone, Debug)]
pub struct ForgeSettings {
    /// Where Atlassian's key set is: `https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json`.
    pub jwks_url: Url,
    /// The ARI `ari:cloud:ecosystem::app/<uuid>` of our app.
    pub app_id: String,
    /// Which copy of the app we serve.
    pub environment: Environment,
    /// Atlassian's API: `https://api.atlassian.com`. Our calls, with the mail in them, go below it.
    pub api_base: Url,
    /// Which sites may call.
    pub allowed_sites: AllowedSites,
}

/// Verifies invocation tokens for one app in one environment. Cheap to clone; clones share the memory of keys.
#[derive(Clone)]
pub struct ForgeDoor {
    settings: std::sync::Arc<ForgeSettings>,
    keys: Jwks,
}

impl std::fmt::Debug for ForgeDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ForgeDoor")
            .field("app_id", &self.settings.app_id)
            .field("environment", &self.settings.environment)
            .field("keys", &self.keys.url().as_str())
            .finish_non_exhaustive()
    }
}

impl ForgeDoor {
    /// A door for these settings. `http` is narrowed to the origin of the key set.
    pub fn new(http: HttpClient, settings: ForgeSettings) -> Self {
        Self {
            keys: Jwks::new(http, settings.jwks_url.clone()),
            settings: std::sync::Arc::new(settings),
        }
    }

    /// What this door was made with.
    pub fn settings(&self) -> &ForgeSettings {
        &self.settings
    }

    /// Verifies the token of an `Authorization: Bearer …` header (`raw` is what follows `Bearer`).
    ///
    /// # Errors
    /// The rule that the token breaks: answer 401, Forge takes it to mean just that. But 503 where
    /// [`ForgeError::is_transient`].
    pub async fn verify(
        &self,
        raw: &str,
        now: DateTime<Utc>,
    ) -> Result<InvocationToken, ForgeError> {
        let header = jws::pin(raw, Algorithm::RS256)?;
        let kid = header.kid.ok_or(ForgeError::Malformed)?;
        let key = self.keys.key(&kid, now).await.map_err(ForgeError::Key)?;
        let claims: Claims = jws::verify(raw, Algorithm::RS256, &key)?;
        if claims.iss != ISSUER {
            return Err(ForgeError::WrongIssuer);
        }
        if !matches!(claims.aud.names(), [only] if *only == self.settings.app_id) {
            return Err(ForgeError::WrongAudience);
        }
        claims.times.check(now)?;
        if claims.environment() != self.settings.environment {
            return Err(ForgeError::WrongEnvironment);
        }
        claims.into_token(&self.settings)
    }
}
