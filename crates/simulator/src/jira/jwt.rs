//! The tokens between Jira and an app: HS256 with the shared secret, RS256 for the signed install.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a Connect token says. Times are seconds since 1970.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Claims {
    /// Jira's clientKey in tokens to the app, the app's key in tokens to Jira.
    pub(crate) iss: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    /// The query string hash, or the literal `context-qsh`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) qsh: Option<String>,
    /// Account id of the user that the token speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sub: Option<String>,
    /// A string or a list of strings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) aud: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) context: Option<Value>,
}

impl Claims {
    /// Claims that live from `now` for `life`.
    pub(crate) fn new(iss: &str, now: DateTime<Utc>, life: TimeDelta) -> Self {
        Self {
            iss: iss.to_owned(),
            iat: now.timestamp(),
            exp: (now + life).timestamp(),
            qsh: None,
            sub: None,
            aud: None,
            context: None,
        }
    }

    pub(crate) fn qsh(mut self, qsh: impl Into<String>) -> Self {
        self.qsh = Some(qsh.into());
        self
    }

    pub(crate) fn sub(mut self, account_id: &str) -> Self {
        self.sub = Some(account_id.to_owned());
        self
    }

    pub(crate) fn aud(mut self, audience: &str) -> Self {
        self.aud = Some(Value::from(vec![audience]));
        self
    }

    pub(crate) fn context(mut self, context: Value) -> Self {
        self.context = Some(context);
        self
    }

    /// Whether the audience, where there is one, contains `expected`.
    pub(crate) fn is_for(&self, expected: &str) -> bool {
        match &self.aud {
            None => true,
            Some(Value::Array(all)) => all.iter().any(|one| one == expected),
            Some(one) => one == expected,
        }
    }
}

/// Why a token was not taken, or could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the token is not acceptable")]
pub(crate) struct JwtError(#[source] pub(super) jsonwebtoken::errors::Error);

/// Signs with the shared secret.
pub(crate) fn sign(claims: &Claims, secret: &str) -> Result<String, JwtError> {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).map_err(JwtError)
}

/// Signs with an install key, named by `kid`.
pub(crate) fn sign_install(claims: &Claims, kid: &str, key_pem: &str) -> Result<String, JwtError> {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(kid.to_owned());
    let key = EncodingKey::from_rsa_pem(key_pem.as_bytes()).map_err(JwtError)?;
    jsonwebtoken::encode(&header, claims, &key).map_err(JwtError)
}

/// The claims of a HS256 token whose signature holds. Times are the caller's to judge, by the site's clock.
pub(crate) fn verify(token: &str, secret: &str) -> Result<Claims, JwtError> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.set_required_spec_claims(&["exp", "iss"]);
    let key = DecodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::decode::<Claims>(token, &key, &rules)
        .map(|token| token.claims)
        .map_err(JwtError)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn claims() -> Claims {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 8, 0, 0).unwrap();
        Claims::new("key", now, TimeDelta::minutes(3)).qsh("q")
    }

    #[test]
    fn only_its_own_secret_opens_a_token() {
        let token = sign(&claims(), "one").unwrap();
        assert_eq!(verify(&token, "one").unwrap().qsh.as_deref(), Some("q"));
        assert!(verify(&token, "two").is_err());
    }

    #[test]
    fn another_algorithm_is_refused() {
        let key = EncodingKey::from_secret(b"one");
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS384), &claims(), &key).unwrap();
        assert!(verify(&token, "one").is_err());
    }

    #[test]
    fn an_audience_is_a_string_or_a_list() {
        let mut claims = claims();
        assert!(claims.is_for("a"));
        claims.aud = Some(Value::from("a"));
        assert!(claims.is_for("a") && !claims.is_for("b"));
        claims.aud = Some(Value::from(vec!["b", "a"]));
        assert!(claims.is_for("a"));
    }
}
