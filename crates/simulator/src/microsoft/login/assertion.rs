//! Client assertions ("Microsoft identity platform application authentication certificate credentials").

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Validation};
use serde::Deserialize;

use super::refusal::Refusal;
use crate::microsoft::directory::Registration;

/// `client_assertion_type`.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Seconds that clocks may differ.
const LEEWAY: f64 = 300.0;

#[derive(Debug, Deserialize)]
struct Claims {
    aud: String,
    iss: String,
    sub: String,
    /// Seconds, perhaps with a fraction (RFC 7519 section 2, NumericDate); MSAL for Python writes one.
    exp: f64,
    #[serde(default)]
    nbf: f64,
}

/// The application that an assertion says it is of, before anything is proven.
pub(super) fn client_id(assertion: &str) -> Result<String, Refusal> {
    let claims = jsonwebtoken::dangerous::insecure_decode::<Claims>(assertion);
    claims
        .map(|token| token.claims.sub)
        .map_err(|_| Refusal::new(50_027))
}

/// Checks an assertion: the key is the registration's, and it is for this endpoint, this application and this time.
pub(super) fn check(
    assertion: &str,
    registration: &Registration,
    audiences: &[String],
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let header = jsonwebtoken::decode_header(assertion).map_err(|_| Refusal::new(50_027))?;
    if !matches!(header.alg, Algorithm::PS256 | Algorithm::RS256) {
        return Err(Refusal::new(50_027));
    }
    let mut named = registration
        .certificates
        .iter()
        .filter(|certificate| certificate.is_named_by(&header));
    let certificate = named.next().ok_or_else(|| {
        let given = header.x5t_s256.as_ref().or(header.x5t.as_ref());
        signature("The key was not found.", given.map_or("", String::as_str))
    })?;
    if now > certificate.not_after || now < certificate.not_before {
        return Err(signature(
            "The key used is expired.",
            &certificate.thumbprint,
        ));
    }
    // Times are looked at by the clock of this world, below.
    let mut validation = Validation::new(header.alg);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = jsonwebtoken::decode::<Claims>(assertion, &certificate.key, &validation)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => signature(
                "The key was found, but its use to verify the signature failed.",
                &certificate.thumbprint,
            ),
            _ => Refusal::new(50_027),
        })?
        .claims;
    if claims.iss != claims.sub {
        return Err(Refusal::new(50_048));
    }
    if claims.iss != registration.client_id {
        return Err(Refusal::new(700_021));
    }
    if !audiences.contains(&claims.aud) {
        return Err(Refusal::new(700_023));
    }
    // Whole seconds since 1970 are far within what an f64 holds exactly.
    let at = now.timestamp() as f64;
    if claims.exp + LEEWAY < at || claims.nbf - LEEWAY > at {
        return Err(Refusal::new(700_024));
    }
    Ok(())
}

fn signature(reason: &str, thumbprint: &str) -> Refusal {
    let text = format!(
        "Client assertion contains an invalid signature. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}']"
    );
    Refusal::saying(700_027, text)
}
