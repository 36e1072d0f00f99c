use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::Jwk;
use reqwest::Method;
use serde_json::Value;

use crate::{Microsoft, OAuthError, answer::read_whole};

/// Keys are fetched anew after this, so that one which Microsoft withdrew is not trusted for ever.
const LIFE: TimeDelta = TimeDelta::hours(24);

/// The signing keys of Entra ID, by `kid`.
#[derive(Debug, Default)]
pub(crate) struct Keys(RwLock<Fetched>);

#[derive(Default)]
struct Fetched {
    by_kid: HashMap<String, DecodingKey>,
    at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.by_kid.keys()).finish()
    }
}

impl Keys {
    fn get(&self, kid: &str, now: DateTime<Utc>) -> Option<DecodingKey> {
        let fetched = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let fresh = fetched.at.is_some_and(|at| now - at < LIFE);
        fetched.by_kid.get(kid).filter(|_| fresh).cloned()
    }

    fn put(&self, by_kid: HashMap<String, DecodingKey>, now: DateTime<Utc>) {
        let mut fetched = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *fetched = Fetched {
            by_kid,
            at: Some(now),
        };
    }
}

impl Microsoft {
    /// The key `kid`. Keys roll without notice, so an unknown one makes us look again.
    pub(crate) async fn key(&self, kid: &str) -> Result<Option<DecodingKey>, OAuthError> {
        let now = self.clock.now();
        if let Some(key) = self.keys.get(kid, now) {
            return Ok(Some(key));
        }
        self.keys.put(self.fetch_keys().await?, now);
        Ok(self.keys.get(kid, now))
    }

    async fn fetch_keys(&self) -> Result<HashMap<String, DecodingKey>, OAuthError> {
        let url = self.keys_endpoint();
        let request = self.http.request(Method::GET, url);
        let response = self
            .http
            .send("signing_keys", request)
            .await
            .map_err(OAuthError::Unreachable)?;
        let status = response.status();
        if !status.is_success() {
            return Err(OAuthError::Busy {
                status: status.as_u16(),
                retry_after: None,
            });
        }
        let body = read_whole(response).await?;
        let body: Option<Value> = serde_json::from_slice(&body).ok();
        let keys = body
            .as_ref()
            .and_then(|body| body.get("keys"))
            .and_then(Value::as_array);
        let keys = keys.ok_or(OAuthError::Garbled {
            status: status.as_u16(),
        })?;
        Ok(keys.iter().filter_map(rsa_key).collect())
    }
}

/// Keys of another kind are left out, one by one: they do not sign our tokens.
fn rsa_key(value: &Value) -> Option<(String, DecodingKey)> {
    if value.get("kty")?.as_str()? != "RSA" {
        return None;
    }
    let jwk: Jwk = serde_json::from_value(value.clone()).ok()?;
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some((jwk.common.key_id?, key))
}
