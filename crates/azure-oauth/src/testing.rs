//! Entra ID for unit tests: a registration, a signing key and id tokens made with it.

mod book;

use std::sync::OnceLock;
use std::time::Duration;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use postroom_clock::Clock;
use postroom_registry::registration::Cloud;
use postroom_telemetry::HttpClient;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{AppRegistration, Certificate, Clouds, Credential, Elsewhere, Microsoft};

pub(crate) use book::{Book, book};

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
    through(own(), login_url, clock)
}

pub(crate) fn own() -> AppRegistration {
    AppRegistration::new("client", Credential::Secret(SecretString::from("s&cret")))
}

/// A registration that proves itself by a certificate.
pub(crate) fn certified(clock: Clock) -> Microsoft {
    let Pair { key, certificate } = pair();
    let pem = SecretString::from(format!("{key}{certificate}"));
    let certificate = Certificate::parse(&pem, now()).unwrap();
    let registration = AppRegistration::new("client", Credential::Certificate(certificate));
    through(registration, "https://login.test", clock)
}

pub(crate) fn through(registration: AppRegistration, login_url: &str, clock: Clock) -> Microsoft {
    Microsoft::new(http(), &clouds(login_url), registration, callback(), clock)
}

pub(crate) fn http() -> HttpClient {
    HttpClient::new("entra", Duration::from_secs(30)).unwrap()
}

pub(crate) fn callback() -> url::Url {
    "https://postroom.test/microsoft/callback".parse().unwrap()
}

/// Microsoft's clouds, with the sign-in of the global one at another place.
pub(crate) fn clouds(login_url: &str) -> Clouds {
    let elsewhere = Elsewhere {
        login: Some(login_url.parse().unwrap()),
        ..Elsewhere::default()
    };
    Clouds::known().unwrap().with(Cloud::Global, &elsewhere)
}

/// A private key and its certificate, in PEM.
pub(crate) struct Pair {
    pub(crate) key: String,
    pub(crate) certificate: String,
}

/// One that is good since yesterday and for 90 days from now, made once for each test process.
pub(crate) fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| pair_of(RsaKeySize::_2048, now() - TimeDelta::days(1), 91))
}

/// One that is good for some days from the midnight of a day on.
pub(crate) fn pair_of(size: RsaKeySize, from: DateTime<Utc>, days: i64) -> Pair {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, size).unwrap();
    let mut params = CertificateParams::default();
    let day = |at: DateTime<Utc>| {
        let part = |value: u32| u8::try_from(value).unwrap();
        rcgen::date_time_ymd(at.year(), part(at.month()), part(at.day()))
    };
    params.not_before = day(from);
    params.not_after = day(from + TimeDelta::days(days));
    let certificate = params.self_signed(&key).unwrap();
    Pair {
        key: key.serialize_pem(),
        certificate: certificate.pem(),
    }
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
