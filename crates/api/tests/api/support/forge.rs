//! Tokens as Forge mints them.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{Jwk, JwkSet},
};
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};

use super::noon;

pub(crate) const APP_ID: &str = "ari:cloud:ecosystem::app/0e1bb3a5-0000-4000-8000-000000000001";
pub(crate) const KID: &str = "forge-1";

/// Forge's key, made once for each test process.
pub(crate) fn rsa() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap())
}

/// The key set that Forge shows.
pub(crate) fn key_set() -> Value {
    let key = EncodingKey::from_rsa_pem(rsa().serialize_pem().as_bytes()).unwrap();
    let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    jwk.common.key_id = Some(KID.to_owned());
    serde_json::to_value(JwkSet { keys: vec![jwk] }).unwrap()
}

/// Which installation the site of this name has.
pub(crate) fn installation_id(site: &str) -> String {
    format!("ari:cloud:ecosystem::installation/{site}")
}

/// Claims of an invocation from the site of this name, good from noon on; each has an id of its own. `api` is where
/// Atlassian's API is: the stage's Jira plays it.
pub(crate) fn claims(api: &str, site: &str, principal: Option<&str>) -> Value {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let at = noon().timestamp();
    let mut claims = json!({
        "iss": "forge/invocation-token", "aud": APP_ID,
        "jti": format!("token-{}", MADE.fetch_add(1, Ordering::Relaxed)),
        "iat": at, "nbf": at, "exp": at + 25,
        "app": {
            "id": APP_ID, "appVersion": "1.0.0", "installationId": installation_id(site),
            "apiBaseUrl": format!("{api}/ex/jira/cloud-{site}"),
            "environment": { "type": "PRODUCTION", "id": "e-1" },
            "module": { "type": "core:endpoint", "key": "events" },
        },
        "context": {
            "cloudId": format!("cloud-{site}"), "siteUrl": format!("https://{site}.atlassian.net"),
            "moduleKey": "jira-events",
        },
    });
    if let Some(account) = principal {
        claims["principal"] = json!(account);
        claims["app"]["module"]["key"] = json!("api");
        claims["context"]["moduleKey"] = json!("postroom-panel");
    }
    claims
}
