//! What every signed token has in common: a pinned algorithm, a signature, times and an audience.
//!
//! jsonwebtoken checks the signature and nothing else here. Its time checks read the machine's clock, so
//! they are off, and [`Times::check`] does them against the time that the caller gives.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, errors::ErrorKind};
use serde::{Deserialize, de::DeserializeOwned};

/// How far two clocks may be apart, in seconds.
pub(crate) const LEEWAY_SECONDS: f64 = 30.0;

/// No honest token is longer: Connect puts them into URLs.
const LONGEST: usize = 16 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JwsError {
    Malformed,
    WrongAlgorithm,
    BadSignature,
    Expired,
    NotYetValid,
    MissingExpiry,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub(crate) alg: String,
    pub(crate) kid: Option<String>,
}

/// The header of a compact token, before anything is known to be true.
pub(crate) fn header(raw: &str) -> Result<Header, JwsError> {
    segment(raw, 0)
}

/// The claims of a compact token, before anything is known to be true.
pub(crate) fn unverified_claims<T: DeserializeOwned>(raw: &str) -> Result<T, JwsError> {
    segment(raw, 1)
}

fn segment<T: DeserializeOwned>(raw: &str, index: usize) -> Result<T, JwsError> {
    let segments = raw.split('.');
    let segment = segments.clone().nth(index).ok_or(JwsError::Malformed)?;
    if raw.len() > LONGEST || segments.count() != 3 {
        return Err(JwsError::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(segment)
        .map_err(|_| JwsError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| JwsError::Malformed)
}

/// The claims of `raw`, once its header names exactly `algorithm` and its signature is good.
pub(crate) fn verify<T: DeserializeOwned>(
    raw: &str,
    algorithm: Algorithm,
    key: &DecodingKey,
) -> Result<T, JwsError> {
    pin(raw, algorithm)?;
    let (message, signature) = raw.rsplit_once('.').ok_or(JwsError::Malformed)?;
    // Not `jsonwebtoken::decode`: it reads the header and the claims once more, and checks what `Times` does.
    match jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, algorithm) {
        Ok(true) => segment(raw, 1),
        Ok(false) => Err(JwsError::BadSignature),
        Err(error) => Err(match error.kind() {
            ErrorKind::Base64(_) => JwsError::BadSignature,
            _ => JwsError::WrongAlgorithm,
        }),
    }
}

/// Refuses a token whose header names another algorithm, `none` among them.
pub(crate) fn pin(raw: &str, algorithm: Algorithm) -> Result<Header, JwsError> {
    let header = header(raw)?;
    let same = matches!(
        (algorithm, header.alg.as_str()),
        (Algorithm::HS256, "HS256") | (Algorithm::RS256, "RS256")
    );
    if same {
        Ok(header)
    } else {
        Err(JwsError::WrongAlgorithm)
    }
}

/// `exp`, `iat` and `nbf` (RFC 7519 section 4.1), in seconds since 1970, whole or not.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Times {
    pub(crate) exp: Option<f64>,
    pub(crate) iat: Option<f64>,
    pub(crate) nbf: Option<f64>,
}

impl Times {
    /// `iat`, to the millisecond.
    pub(crate) fn issued_at(&self) -> Option<DateTime<Utc>> {
        instant(self.iat?)
    }

    /// An expiry is required; a token from the future is refused; clocks may be [`LEEWAY_SECONDS`] apart.
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds since 1970 fit a f64 exactly"
    )]
    pub(crate) fn check(&self, now: DateTime<Utc>) -> Result<(), JwsError> {
        let now = now.timestamp_millis() as f64 / 1000.0;
        let expiry = self.exp.ok_or(JwsError::MissingExpiry)?;
        if now >= expiry + LEEWAY_SECONDS {
            return Err(JwsError::Expired);
        }
        let begins = [self.iat, self.nbf];
        if begins
            .into_iter()
            .flatten()
            .any(|begin| begin > now + LEEWAY_SECONDS)
        {
            return Err(JwsError::NotYetValid);
        }
        Ok(())
    }
}

/// A time in seconds since 1970, if it is one that a calendar has.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a number that is too great ends as one that no calendar has"
)]
pub(crate) fn instant(seconds: f64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis((seconds * 1000.0) as i64)
}

/// `aud`: one name or several (RFC 7519 section 4.1.3).
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub(crate) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}
