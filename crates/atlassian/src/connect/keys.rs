//! The public keys that sign `installed` and `uninstalled`, from Atlassian's key server.
//!
//! Rule: *Signed install callbacks* (Atlassian): `GET {base}/{kid}` answers a PEM. A key never changes under
//! its `kid`, so a found key is kept; an unknown `kid` is remembered for a minute only.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use jsonwebtoken::DecodingKey;
use moka::future::Cache;
use postroom_telemetry::{HttpClient, Origins, ReadError, SendError, read_limited};
use reqwest::{Method, StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use crate::key_id::is_key_id;

#[cfg(test)]
mod tests;

const LONGEST_PEM: usize = 16 * 1024;
const KEPT: u64 = 256;
const MISSING_KEPT: u64 = 4096;
const MISSING_FOR: Duration = Duration::from_secs(60);
/// Requests under way at once.
const AT_ONCE: usize = 8;
/// Of them, on behalf of one sender's network.
const FOR_A_SENDER: usize = 2;
/// Networks that are remembered.
const NETWORKS: u64 = 10_000;
/// How long a call waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The token names no key, or one whose name could lead a URL astray.
    #[error("the key id is missing or has a shape that no key has")]
    BadKeyId,
    /// The key server does not know the key.
    #[error("the key server does not know this key")]
    Unknown,
    /// The key server answered something that is no RSA public key in PEM.
    #[error("the key server's answer is not a public key")]
    NotAKey,
    /// Too many keys are being asked for; the same call may succeed in a few seconds.
    #[error("too many keys are being asked for")]
    Busy,
    /// The key server could not be asked; the same call may succeed later.
    #[error("the key server could not be reached")]
    Unreachable(#[source] SendError),
    /// The key server answered with an error of its own; the same call may succeed later.
    #[error("the key server answered with status {status}")]
    Unavailable {
        /// HTTP status.
        status: u16,
    },
}

/// The key server, with a memory. Cheap to clone.
#[derive(Clone)]
pub struct InstallKeys {
    http: HttpClient,
    base: Url,
    found: Cache<String, Arc<DecodingKey>>,
    missing: Cache<String, ()>,
    places: Arc<Semaphore>,
    networks: Cache<IpAddr, Arc<Semaphore>>,
    sender: IpAddr,
    patience: Duration,
}

impl KeyError {
    /// Nobody knows yet whether the key is good: answer 503, not 401.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Unreachable(_) | Self::Unavailable { .. }
        )
    }
}

impl std::fmt::Debug for InstallKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InstallKeys")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl InstallKeys {
    /// `base` is the address of the key server, to which `/{kid}` is added.
    pub fn new(http: HttpClient, base: Url) -> Self {
        Self {
            http: http.within(Origins::of(&base)),
            base,
            found: Cache::new(KEPT),
            missing: Cache::builder()
                .max_capacity(MISSING_KEPT)
                .time_to_live(MISSING_FOR)
                .build(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            networks: Cache::new(NETWORKS),
            sender: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            patience: PATIENCE,
        }
    }

    /// The same key server and memory, asked on behalf of a sender in this network.
    #[must_use]
    pub fn asked_by(&self, sender: IpAddr) -> Self {
        Self {
            sender,
            ..self.clone()
        }
    }

    /// The key named `kid`, from memory or from the key server. Calls for the same key wait for one request.
    ///
    /// Anybody can make key ids up, and each costs a request of its own. So few are under way at once and the others
    /// wait in turn, those of one network behind each other: a budget for all would let whoever floods us keep a new key
    /// out for as long as they like, and one queue for all would let them delay it.
    ///
    /// # Errors
    /// See [`KeyError`]; its shape is checked before any URL is made.
    pub async fn key(&self, kid: &str) -> Result<Arc<DecodingKey>, Arc<KeyError>> {
        if !is_key_id(kid) {
            return Err(Arc::new(KeyError::BadKeyId));
        }
        if self.missing.contains_key(kid) {
            return Err(Arc::new(KeyError::Unknown));
        }
        let found = self.found.try_get_with_by_ref(kid, self.ask(kid)).await;
        if let Err(error) = &found
            && matches!(**error, KeyError::Unknown)
        {
            self.missing.insert(kid.to_owned(), ()).await;
        }
        found
    }

    async fn ask(&self, kid: &str) -> Result<Arc<DecodingKey>, KeyError> {
        let _places = tokio::time::timeout(self.patience, self.turn())
            .await
            .map_err(|_| KeyError::Busy)?;
        self.fetch(kid).await
    }

    /// A place among those of the sender's network, then among all.
    async fn turn(&self) -> Option<[OwnedSemaphorePermit; 2]> {
        let places = async { Arc::new(Semaphore::new(FOR_A_SENDER)) };
        let network = self.networks.get_with(self.sender, places).await;
        let own = network.acquire_owned().await.ok()?;
        let all = Arc::clone(&self.places).acquire_owned().await.ok()?;
        Some([own, all])
    }

    async fn fetch(&self, kid: &str) -> Result<Arc<DecodingKey>, KeyError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| KeyError::BadKeyId)?
            .pop_if_empty()
            .push(kid);
        let request = self.http.request(Method::GET, url);
        let response = self
            .http
            .send("install_key", request)
            .await
            .map_err(KeyError::Unreachable)?;
        match response.status() {
            StatusCode::OK => {}
            // 403 is no word on the key: a gateway that turns us away says it of all keys.
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(KeyError::Unknown),
            status => {
                return Err(KeyError::Unavailable {
                    status: status.as_u16(),
                });
            }
        }
        let pem = read_limited(response, LONGEST_PEM)
            .await
            .map_err(|error| match error {
                ReadError::TooLarge { .. } => KeyError::NotAKey,
                ReadError::BrokeOff(source) => KeyError::Unreachable(SendError::NoAnswer(source)),
            })?;
        let key = DecodingKey::from_rsa_pem(&pem).map_err(|_| KeyError::NotAKey)?;
        Ok(Arc::new(key))
    }
}
