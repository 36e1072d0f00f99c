use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, JwkSet},
};
use postroom_telemetry::{HttpClient, Origins, ReadError, SendError, read_limited};
use reqwest::Method;
use tokio::sync::Mutex;
use url::Url;

const LONGEST_KEY_SET: usize = 256 * 1024;

/// After a failure the set is asked again sooner than after an answer.
const REST_AFTER_FAILURE: TimeDelta = TimeDelta::seconds(5);

/// Why there is no key for a token.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// The key set has no such key, and was asked lately enough to know.
    #[error("the key set does not have this key")]
    Unknown,
    /// The key set failed a moment ago and is not asked again yet; the same call may succeed later.
    #[error("the key set failed a moment ago")]
    Resting,
    /// The key set could not be asked; the same call may succeed later.
    #[error("the key set could not be reached")]
    Unreachable(#[source] SendError),
    /// The answer is no key set; the same call may succeed later.
    #[error("the answer (status {status}) is not a key set")]
    Unreadable {
        /// HTTP status.
        status: u16,
    },
}

/// A key set at a known address, with a memory. An unknown key id makes it ask again, but not more often
/// than every `refetch_after`: anybody can make up key ids.
pub(super) struct Jwks {
    http: HttpClient,
    url: Url,
    refetch_after: TimeDelta,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    keys: HashMap<String, Arc<DecodingKey>>,
    asked: Option<Asked>,
}

#[derive(Clone, Copy)]
struct Asked {
    at: DateTime<Utc>,
    answered: bool,
}

impl Jwks {
    pub(super) fn new(http: HttpClient, url: Url, refetch_after: TimeDelta) -> Self {
        Self {
            http: http.within(Origins::of(&url)),
            url,
            refetch_after,
            state: Mutex::default(),
        }
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) async fn key(
        &self,
        kid: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<DecodingKey>, JwksError> {
        // Held while asking: callers with the same new key wait for one request.
        let mut state = self.state.lock().await;
        if let Some(key) = state.keys.get(kid) {
            return Ok(Arc::clone(key));
        }
        if let Some(asked) = state.asked
            && let Some(error) = self.too_soon(asked, now)
        {
            return Err(error);
        }
        let fetched = self.fetch().await;
        state.asked = Some(Asked {
            at: now,
            answered: fetched.is_ok(),
        });
        state.keys = fetched?;
        state.keys.get(kid).cloned().ok_or(JwksError::Unknown)
    }

    fn too_soon(&self, asked: Asked, now: DateTime<Utc>) -> Option<JwksError> {
        let (rest, error) = if asked.answered {
            (self.refetch_after, JwksError::Unknown)
        } else {
            (
                REST_AFTER_FAILURE.min(self.refetch_after),
                JwksError::Resting,
            )
        };
        // A clock that was set back must not make us wait for it.
        ((now - asked.at).abs() < rest).then_some(error)
    }

    async fn fetch(&self) -> Result<HashMap<String, Arc<DecodingKey>>, JwksError> {
        let request = self.http.request(Method::GET, self.url.clone());
        let response = self
            .http
            .send("forge_keys", request)
            .await
            .map_err(JwksError::Unreachable)?;
        let status = response.status().as_u16();
        let unreadable = || JwksError::Unreadable { status };
        if status != 200 {
            return Err(unreadable());
        }
        let bytes = read_limited(response, LONGEST_KEY_SET)
            .await
            .map_err(|error| match error {
                ReadError::BrokeOff(source) => JwksError::Unreachable(SendError::NoAnswer(source)),
                ReadError::TooLarge { .. } => unreadable(),
            })?;
        let set: JwkSet = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
        Ok(rsa_keys(&set))
    }
}

fn rsa_keys(set: &JwkSet) -> HashMap<String, Arc<DecodingKey>> {
    let rsa = |jwk: &&jsonwebtoken::jwk::Jwk| matches!(jwk.algorithm, AlgorithmParameters::RSA(_));
    set.keys
        .iter()
        .filter(rsa)
        .filter_map(|jwk| {
            let kid = jwk.common.key_id.clone()?;
            Some((kid, Arc::new(DecodingKey::from_jwk(jwk).ok()?)))
        })
        .collect()
}
