//! Entra ID for unit tests: a registration, a signing key and id tokens made with it.

use std::sync::OnceLock;
use std::time::Duration;

use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{AppRegistration, Microsoft};

pub(crate) const TID: &str = "7b9103a5-4610-446b-9670-80643382c1fa";
pub(crate) const OID: &str = "024d486e-b451-40bb-833d-3e66d98c5c73";
pub(crate) const TOKEN: &str = "/organizations/oauth2/v2.0/token";
pub(crate) const KEYS: &str = "/organizations/discovery/v2.0/keys";

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

pub(crate) fn offline() -> Microsoft {
    at("https://login.test", Clock::manual(now()))
}

pub(crate) fn online(server: &MockServer) -> Microsoft {
    at(&server.uri(), Clock::manual(now()))
}

pub(crate) fn at(login_url: &str, clock: Clock) -> Microsoft {
    let registration = AppRegistration {
        client_id: "client".into(),
        client_secret: SecretString::from("s&cret"),
    };
    Microsoft::new(
        HttpClient::new("entra", Duration::from_secs(30)).unwrap(),
        login_url.parse().unwrap(),
        registration,
        "https://postroom.test/microsoft/callback".parse().unwrap(),
        clock,
    )
}

/// An RSA key pair, made once for each test process.
pub(crate) fn signing_key() -> &'static EncodingKey {
    static KEY: OnceLock<EncodingKey> = OnceLock::new();
    KEY.get_or_init(new_key)
}

pub(crate) fn new_key() -> EncodingKey {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap()
}

pub(crate) fn key_set(kid: &str, key: &EncodingKey) -> JwkSet {
    let mut jwk = Jwk::from_encoding_key(key, Algorithm::RS256).unwrap();
    jwk.common.key_id = Some(kid.to_owned());
    JwkSet { keys: vec![jwk] }
}

pub(crate) async fn serve_keys(server: &MockServer) {
    let keys = ResponseTemplate::new(200).set_body_json(key_set("k1", signing_key()));
    Mock::given(path(KEYS))
        .respond_with(keys)
        .mount(server)
        .await;
}

/// Good claims, as a start for spoilt ones.
pub(crate) fn claims(server: &MockServer) -> Value {
    let at = now().timestamp();
    json!({
        "aud": "client", "iss": format!("{}/{TID}/v2.0", server.uri()), "tid": TID, "oid": OID,
        "nonce": "nonce", "iat": at, "nbf": at, "exp": at + 3600, "ver": "2.0",
        "preferred_username": "ann@contoso.example", "name": "Ann Agent",
    })
}

pub(crate) fn id_token(claims: &Value) -> String {
    signed("k1", signing_key(), claims)
}

pub(crate) fn signed(kid: &str, key: &EncodingKey, claims: &Value) -> String {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    encode(&header, claims, key).unwrap()
}
