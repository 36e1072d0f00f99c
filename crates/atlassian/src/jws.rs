//! What every signed token has in common: a pinned algorithm, a signature, times and an audience.
//!
//! jsonwebtoken checks the signature and nothing else here. Its time checks read the machine's clock, so
//! they are off, and [`Times::check`] does them against the time that the caller gives.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, errors::ErrorKind};
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
    let segments: Vec<&str> = raw.split('.').collect();
    if raw.len() > LONGEST || segments.len() != 3 {
        return Err(JwsError::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(segments[index])
        .map_err(|_| JwsError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| JwsError::Malformed)
}

/// The claims of `raw`, once its header names exactly `algorithm` and its signature is good.
pub(crate) fn verify<T: DeserializeOwned + Clone>(
    raw: &str,
    algorithm: Algorithm,
    key: &DecodingKey,
) -> Result<T, JwsError> {
    pin(raw, algorithm)?;
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let token =
        jsonwebtoken::decode::<T>(raw, key, &validation).map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature | ErrorKind::Base64(_) => JwsError::BadSignature,
            ErrorKind::InvalidAlgorithm => JwsError::WrongAlgorithm,
            _ => JwsError::Malformed,
        })?;
    Ok(token.claims)
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
    exp: Option<f64>,
    iat: Option<f64>,
    nbf: Option<f64>,
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
