use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::Algorithm;
use postroom_telemetry::HttpClient;
use url::Url;

use super::{Environment, ForgeError, InvocationToken, claims::Claims, jwks::Jwks};
use crate::jws;

const ISSUER: &str = "forge/invocation-token";

/// Verifies invocation tokens for one app in one environment. Share it: it remembers the keys.
pub struct ForgeDoor {
    app_id: String,
    environment: Environment,
    keys: Jwks,
}

impl std::fmt::Debug for ForgeDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ForgeDoor")
            .field("app_id", &self.app_id)
            .field("environment", &self.environment)
            .field("keys", &self.keys.url().as_str())
            .finish()
    }
}

impl ForgeDoor {
    /// `app_id` is the ARI `ari:cloud:ecosystem::app/<uuid>` of our app, `jwks_url` where Atlassian's key set
    /// is, `refetch_after` how long an unknown key id must wait before the set is asked again.
    pub fn new(
        http: HttpClient,
        jwks_url: Url,
        app_id: impl Into<String>,
        environment: Environment,
        refetch_after: TimeDelta,
    ) -> Self {
        Self {
            app_id: app_id.into(),
            environment,
            keys: Jwks::new(http, jwks_url, refetch_after),
        }
    }

    /// Verifies the token of an `Authorization: Bearer …` header (`raw` is what follows `Bearer`).
    ///
    /// # Errors
    /// The rule that the token breaks. Answer 401: Forge takes it to mean just that.
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
        if !matches!(claims.aud.names(), [only] if *only == self.app_id) {
            return Err(ForgeError::WrongAudience);
        }
        claims.times.check(now)?;
        let token = claims.into_token().ok_or(ForgeError::Malformed)?;
        if token.environment != self.environment {
            return Err(ForgeError::WrongEnvironment);
        }
        Ok(token)
    }
}
