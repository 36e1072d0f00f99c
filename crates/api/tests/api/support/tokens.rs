//! Tokens as Jira and Atlassian's install service mint them, and spoilt ones.

use std::sync::OnceLock;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use postroom_atlassian::connect::Canonical;
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};

use super::{BASE, noon};

pub(crate) const APP_KEY: &str = "com.postroom.jira";
pub(crate) const KID: &str = "kid-1";

/// Atlassian's key, made once for each test process.
pub(crate) fn rsa() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap())
}

/// Somebody else's key.
pub(crate) fn stranger() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap())
}

/// Signs what stands there, whatever its header says.
pub(crate) fn sign(
    header: &Value,
    claims: &Value,
    key: &EncodingKey,
    algorithm: Algorithm,
) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// The same token without its signature.
pub(crate) fn without_signature(token: &str) -> String {
    let (message, _) = token.rsplit_once('.').unwrap();
    format!("{message}.")
}

pub(crate) fn rs256(kid: &str, key: &KeyPair, claims: &Value) -> String {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(kid.to_owned());
    let key = EncodingKey::from_rsa_pem(key.serialize_pem().as_bytes()).unwrap();
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

pub(crate) fn hs(algorithm: Algorithm, secret: &str, claims: &Value) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).unwrap()
}

/// Claims that are good from noon on.
pub(crate) fn claims(issuer: &str, qsh: &str) -> Value {
    let at = noon().timestamp();
    json!({ "iss": issuer, "iat": at, "exp": at + 180, "qsh": qsh, "aud": [BASE] })
}

/// The hash of a request below the base URL.
pub(crate) fn qsh(method: &str, path_and_query: &str) -> String {
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path_and_query, None),
    };
    Canonical::new(method, path, query).hash()
}
