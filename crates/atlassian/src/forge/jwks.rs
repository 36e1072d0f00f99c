//! Atlassian's key set, with a memory.
//!
//! Keys rotate at any time, so a key id that we do not know is a question to the set. And anybody can make key ids
//! up, so the questions are counted: one for all who wait, none for an id that the set was asked for lately and does
//! not have ([`Missing`]), and about ten a minute in all ([`Asks`]). When these are spent, an unknown id is neither
//! good nor bad: [`JwksError::Busy`], which passes within seconds. Known keys never wait for any of this.

mod ask;
mod error;
mod known;
mod missing;
#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError, RwLock, atomic::Ordering};

use chrono::{DateTime, Utc};
use jsonwebtoken::DecodingKey;
use postroom_telemetry::{HttpClient, Origins};
use url::Url;

use ask::{Asking, Why};
pub use error::JwksError;
use known::{Age, Known};
use missing::Missing;

use crate::{asks::Asks, key_id::is_key_id_of_a_set};

/// A key set at a known address. Cheap to clone; clones share the memory.
#[derive(Clone)]
pub(super) struct Jwks(Arc<Inner>);

struct Inner {
    http: HttpClient,
    url: Url,
    known: RwLock<Arc<Known>>,
    asking: Asking,
}

impl Jwks {
    pub(super) fn new(http: HttpClient, url: Url) -> Self {
        Self(Arc::new(Inner {
            http: http.within(Origins::of(&url)),
            url,
            known: RwLock::default(),
            asking: Asking::default(),
        }))
    }

    pub(super) fn url(&self) -> &Url {
        &self.0.url
    }

    /// The key named `kid`.
    pub(super) async fn key(
        &self,
        kid: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<DecodingKey>, JwksError> {
        if !is_key_id_of_a_set(kid) {
            return Err(JwksError::BadKeyId);
        }
        let known = self.0.known();
        let Some(key) = known.get(kid) else {
            return self.0.ask(Why::Unknown(kid), now).await?.named(kid);
        };
        let in_need = self.0.asking.is_failing() && known.counts_in_need(now);
        match known.age(now) {
            Age::Fresh => Ok(key),
            Age::Ripe => {
                self.ask_in_the_background(now);
                Ok(key)
            }
            // The set is away. What it said last counts for a while: a customer's call is no guess.
            Age::Old if in_need => {
                self.ask_in_the_background(now);
                Ok(key)
            }
            Age::Old => match self.0.ask(Why::Old, now).await {
                Ok(known) => known.named(kid),
                Err(_) if known.counts_in_need(now) => Ok(key),
                Err(error) => Err(error),
            },
        }
    }

    /// The caller goes on with what is known.
    fn ask_in_the_background(&self, now: DateTime<Utc>) {
        let inner = Arc::clone(&self.0);
        if inner.asking.is_going_on() {
            return;
        }
        tokio::spawn(async move {
            match inner.ask(Why::Old, now).await {
                Ok(_) | Err(JwksError::Resting) => {}
                Err(error) => {
                    tracing::warn!(cause = %error, "the key set of Forge does not answer");
                }
            }
        });
    }
}

impl Inner {
    fn known(&self) -> Arc<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&known)
    }

    fn learn(&self, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        let mut place = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *place = Arc::clone(&known);
        known
    }
}
