use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::jws;

/// When a system token ends, as it says itself. Atlassian calls these tokens opaque but for this (*Calling product
/// APIs from a remote*); nothing else in it is looked at, and nobody may conclude from it that the token is good.
pub fn system_token_expiry(token: &SecretString) -> Option<DateTime<Utc>> {
    #[derive(Deserialize)]
    struct Expiry {
        exp: f64,
    }
    let Expiry { exp } = jws::unverified_claims(token.expose_secret()).ok()?;
    jws::instant(exp)
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::Algorithm;
    use serde_json::json;

    use super::*;
    use crate::testing::{now, sign_hs};

    fn expiry(claims: &serde_json::Value) -> Option<DateTime<Utc>> {
        let token = sign_hs(Algorithm::HS256, "whatever", claims);
        system_token_expiry(&token.into())
    }

    #[test]
    fn it_is_read_whole_or_not() {
        let at = now().timestamp();
        assert_eq!(expiry(&json!({ "exp": at })), Some(now()));
        let half = now() + chrono::TimeDelta::milliseconds(500);
        assert_eq!(expiry(&json!({ "exp": at as f64 + 0.5 })), Some(half));
    }

    #[test]
    fn what_has_none_has_none() {
        for claims in [json!({}), json!({"exp": "soon"}), json!({"exp": 1e300})] {
            assert_eq!(expiry(&claims), None, "{claims}");
        }
        assert_eq!(system_token_expiry(&"opaque".into()), None);
        assert_eq!(system_token_expiry(&"a.b.c".into()), None);
    }
}
