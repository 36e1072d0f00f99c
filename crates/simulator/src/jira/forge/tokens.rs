//! System tokens: with them an app's back end calls Jira in its own name, through the gateway.

use std::{
    collections::HashMap,
    sync::{Mutex, atomic::AtomicU64, atomic::Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rand::Rng as _;
use serde_json::json;

use super::app::ForgeApp;
use crate::{
    jira::{jwt::JwtError, site::Site},
    world::lock,
};

/// Tokens kept before the expired ones are thrown away.
const TIDY_AT: usize = 10_000;

/// All tokens that were issued and live.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: Mutex<HashMap<String, Grant>>,
    /// Every token with its site's cloud id, also those that have ended.
    ever: Mutex<Vec<(String, String)>>,
    number: AtomicU64,
}

/// What a token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) installation_id: String,
    pub(crate) cloud_id: String,
    pub(crate) expires: DateTime<Utc>,
    issued: DateTime<Utc>,
}

impl Tokens {
    /// A token for an installation. One that was issued is given again while half its life is left: Atlassian promises
    /// at least two of the four hours.
    pub(crate) fn issue(&self, site: &Site, app: &ForgeApp) -> Result<String, JwtError> {
        let now = site.clock.now();
        let life = TimeDelta::seconds(site.state().settings.forge_system_token_seconds);
        let mut issued = lock(&self.issued);
        let kept = issued.iter().find(|(_, grant)| {
            grant.installation_id == app.installation_id
                && grant.issued <= now
                && (grant.expires - now) * 2 >= life
                && grant.expires - grant.issued == life
        });
        if let Some((token, _)) = kept {
            return Ok(token.clone());
        }
        if issued.len() > TIDY_AT {
            issued.retain(|_, grant| grant.expires > now);
        }
        let token = self.make(app, now, now + life)?;
        let grant = Grant {
            installation_id: app.installation_id.clone(),
            cloud_id: site.cloud_id.clone(),
            expires: now + life,
            issued: now,
        };
        issued.insert(token.clone(), grant);
        lock(&self.ever).push((site.cloud_id.clone(), token.clone()));
        Ok(token)
    }

    /// Opaque to the app, but for the time of its end.
    fn make(
        &self,
        app: &ForgeApp,
        now: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<String, JwtError> {
        let mut random = [0u8; 32];
        rand::rng().fill_bytes(&mut random);
        let claims = json!({
            "iat": now.timestamp(),
            "exp": expires.timestamp(),
            "sub": app.account_id,
            "jti": format!("{}-{}", self.number.fetch_add(1, Ordering::Relaxed), hex::encode(random)),
        });
        let key = EncodingKey::from_secret(&random);
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(JwtError)
    }

    /// Every token that a site's apps were ever given.
    pub(crate) fn ever(&self, cloud_id: &str) -> Vec<String> {
        let ever = lock(&self.ever);
        let own = ever.iter().filter(|(site, _)| site == cloud_id);
        own.map(|(_, token)| token.clone()).collect()
    }

    /// What a token stands for, whether or not it still holds.
    pub(crate) fn find(&self, token: &str) -> Option<Grant> {
        lock(&self.issued).get(token).cloned()
    }
}
