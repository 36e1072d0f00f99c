//! How we prove to Jira that a call is ours.
//!
//! Rule: *Understanding JWT for Connect apps* (Atlassian): `Authorization: JWT …` (not `Bearer`), HS256 with
//! the tenant's secret, `iss` our app key (not the `clientKey`), a life of at most three minutes.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::Canonical;

const LIFE_SECONDS: i64 = 180;

/// No token could be made: the app key or the secret is unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token for Jira could not be signed")]
pub struct SignError;

/// Signs our calls to one site.
#[derive(Clone, Debug)]
pub struct AppToken {
    /// Our app's key.
    pub app_key: String,
    /// The tenant.
    pub client_key: String,
    /// The tenant's secret.
    pub shared_secret: SecretString,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    iat: i64,
    exp: i64,
    qsh: String,
    aud: [&'a str; 1],
}

impl AppToken {
    /// The value of the `Authorization` header for one request, marked sensitive.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn authorization(
        &self,
        canonical: &Canonical,
        now: DateTime<Utc>,
    ) -> Result<HeaderValue, SignError> {
        let claims = Claims {
            iss: &self.app_key,
            iat: now.timestamp(),
            exp: now.timestamp() + LIFE_SECONDS,
            qsh: canonical.hash(),
            aud: [&self.client_key],
        };
        let key = EncodingKey::from_secret(self.shared_secret.expose_secret().as_bytes());
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
            .map_err(|_| SignError)?;
        let mut value = HeaderValue::try_from(format!("JWT {token}")).map_err(|_| SignError)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{now, payload_of};

    #[test]
    fn claims_are_what_jira_asks_for() {
        let signer = AppToken {
            app_key: "com.postroom.jira".into(),
            client_key: "tenant-a".into(),
            shared_secret: "secret-a".into(),
        };
        let canonical = Canonical::new("GET", "/rest/api/3/myself", Some("expand=groups"));
        let header = signer.authorization(&canonical, now()).unwrap();
        assert!(header.is_sensitive());
        let token = header.to_str().unwrap().strip_prefix("JWT ").unwrap();
        let claims = payload_of(token);
        assert_eq!(claims["iss"], "com.postroom.jira");
        assert_eq!(claims["aud"], serde_json::json!(["tenant-a"]));
        assert_eq!(claims["qsh"], canonical.hash());
        assert_eq!(claims["iat"], now().timestamp());
        assert_eq!(claims["exp"], now().timestamp() + 180);
    }
}
