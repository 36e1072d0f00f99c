//! How an app registration proves itself at the token endpoint: a secret, or a signed assertion.

use jsonwebtoken::{Algorithm, Header, encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use crate::{Certificate, Credential, Microsoft, OAuthError};

/// `client_assertion_type` of RFC 7523, section 2.2.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Microsoft advises five to ten minutes.
const LIFE_SECONDS: i64 = 300;

/// "Microsoft identity platform application authentication certificate credentials".
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    iss: &'a str,
    sub: &'a str,
    jti: String,
    nbf: i64,
    iat: i64,
    exp: i64,
}

impl Microsoft {
    /// The form fields that prove who we are.
    pub(crate) fn proof(&self) -> Result<Vec<(&'static str, SecretString)>, OAuthError> {
        match &self.registration.credential {
            Credential::Secret(secret) => Ok(vec![("client_secret", secret.clone())]),
            Credential::Certificate(certificate) => Ok(vec![
                ("client_assertion_type", TYPE.into()),
                ("client_assertion", self.assertion(certificate)?),
            ]),
        }
    }

    fn assertion(&self, certificate: &Certificate) -> Result<SecretString, OAuthError> {
        let audience = self.token_endpoint();
        let client_id = self.registration.client_id.as_str();
        let now = self.clock.now().timestamp();
        let claims = Claims {
            aud: audience.as_str(),
            iss: client_id,
            sub: client_id,
            jti: self.clock.new_id().to_string(),
            nbf: now,
            iat: now,
            exp: now + LIFE_SECONDS,
        };
        let header = Header {
            x5t_s256: Some(certificate.x5t_s256()),
            x5c: Some(certificate.x5c()),
            ..Header::new(Algorithm::PS256)
        };
        encode(&header, &claims, certificate.key())
            .map(SecretString::from)
            .map_err(OAuthError::Unsigned)
    }
}

/// Shows each field to `form`.
pub(crate) fn exposed<'a>(
    proof: &'a [(&'static str, SecretString)],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    proof
        .iter()
        .map(|(name, value)| (*name, value.expose_secret()))
}

#[cfg(test)]
mod tests;
