//! Client assertions: an application that proves itself by its certificate.

use base64::{
    Engine as _,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize, date_time_ymd};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::{
    browser::{redemption, sign_in},
    world::{CLIENT_ID, REDIRECT, SECRET, SUPPORT, World, start_of_test},
};

/// A key with its certificate, good until the end of 2026.
struct Proof {
    key: EncodingKey,
    pem: String,
    der: Vec<u8>,
}

impl Proof {
    fn new() -> Self {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(2026, 12, 31);
        let certificate = params.self_signed(&pair).unwrap();
        Self {
            key: EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap(),
            pem: certificate.pem(),
            der: certificate.der().to_vec(),
        }
    }

    fn header(&self, algorithm: Algorithm) -> Header {
        let mut header = Header::new(algorithm);
        match algorithm {
            Algorithm::PS256 => {
                header.x5t_s256 = Some(URL_SAFE_NO_PAD.encode(Sha256::digest(&self.der)));
            }
            // As MSAL for Python does.
            _ => header.x5t = Some(URL_SAFE.encode(Sha1::digest(&self.der))),
        }
        header
    }

    fn sign(&self, algorithm: Algorithm, claims: &Value) -> String {
        jsonwebtoken::encode(&self.header(algorithm), claims, &self.key).unwrap()
    }
}

fn claims(world: &World, more: &Value) -> Value {
    let now = world.clock.now().timestamp();
    let mut claims = json!({
        "aud": world.url("/common/oauth2/v2.0/token"),
        "iss": CLIENT_ID,
        "sub": CLIENT_ID,
        "jti": "one",
        "nbf": now,
        "iat": now,
        "exp": now as f64 + 600.25,
    });
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

async fn register(world: &World, more: Value) {
    let mut registration = json!({ "client_id": CLIENT_ID, "redirect_uris": [REDIRECT] });
    for (name, value) in more.as_object().unwrap() {
        registration[name] = value.clone();
    }
    world
        .control(Method::POST, "/microsoft/registrations", &registration)
        .await;
}

/// Redeems a code with an assertion; status and AADSTS number.
async fn prove(world: &World, assertion: &str) -> (u16, i64) {
    let back = sign_in(world, SUPPORT, &[]).await;
    let mut form = redemption(&back["code"]).to_vec();
    form.retain(|(name, _)| *name != "client_secret");
    form.push(("client_assertion", assertion));
    form.push((
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    ));
    let answer = world.token(&form).await;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["error_codes"][0].as_i64().unwrap_or(0))
}

#[rstest]
#[case::recommended(Algorithm::PS256)]
#[case::older(Algorithm::RS256)]
#[tokio::test]
async fn a_certificate_of_the_registration_is_proof(#[case] algorithm: Algorithm) {
    let world = World::start().await;
    let proof = Proof::new();
    register(&world, json!({ "certificates": [proof.pem] })).await;
    let assertion = proof.sign(algorithm, &claims(&world, &json!({})));
    assert_eq!(prove(&world, &assertion).await, (200, 0));
}

#[rstest]
#[case::other_application(json!({ "iss": "x", "sub": "x" }), 700_021)]
#[case::other_subject(json!({ "sub": "x" }), 50_048)]
#[case::other_audience(json!({ "aud": "https://login.example/token" }), 700_023)]
#[case::over(json!({ "exp": start_of_test().timestamp() - 301 }), 700_024)]
#[case::not_yet(json!({ "nbf": start_of_test().timestamp() + 301 }), 700_024)]
#[tokio::test]
async fn what_an_assertion_says_must_fit(#[case] more: Value, #[case] code: i64) {
    let world = World::start().await;
    let proof = Proof::new();
    register(&world, json!({ "certificates": [proof.pem] })).await;
    let assertion = proof.sign(Algorithm::PS256, &claims(&world, &more));
    assert_eq!(prove(&world, &assertion).await, (401, code));
}

#[tokio::test]
async fn a_key_that_is_unknown_forged_or_over_is_no_proof() {
    let world = World::start().await;
    let (proof, other) = (Proof::new(), Proof::new());
    register(&world, json!({ "certificates": [proof.pem] })).await;
    let unknown = other.sign(Algorithm::PS256, &claims(&world, &json!({})));
    assert_eq!(prove(&world, &unknown).await, (401, 700_027));
    let header = proof.header(Algorithm::PS256);
    let forged = jsonwebtoken::encode(&header, &claims(&world, &json!({})), &other.key).unwrap();
    assert_eq!(prove(&world, &forged).await, (401, 700_027));
    assert_eq!(prove(&world, "no.jwt.atall").await, (400, 50_027));
    world.clock.advance(TimeDelta::days(40));
    let late = proof.sign(Algorithm::PS256, &claims(&world, &json!({})));
    assert_eq!(prove(&world, &late).await, (401, 700_027));
}

#[tokio::test]
async fn a_secret_ends_on_its_day_and_none_is_no_secret() {
    let world = World::start().await;
    let ends = json!({ "client_secret": SECRET, "secret_expires": "2026-11-25T00:00:00Z" });
    register(&world, ends).await;
    let told = |answer: reqwest::Response| async move {
        let body: Value = answer.json().await.unwrap();
        body["error_codes"][0].as_i64()
    };
    let back = sign_in(&world, SUPPORT, &[]).await;
    assert_eq!(
        told(world.token(&redemption(&back["code"])).await).await,
        None
    );
    world.clock.advance(TimeDelta::hours(12));
    let back = sign_in(&world, SUPPORT, &[]).await;
    assert_eq!(
        told(world.token(&redemption(&back["code"])).await).await,
        Some(7_000_222)
    );
    register(&world, json!({})).await;
    let mut form = redemption(&back["code"]).to_vec();
    form.retain(|(name, _)| *name != "client_secret");
    form.push(("client_secret", ""));
    assert_eq!(told(world.token(&form).await).await, Some(7_000_215));
}

#[tokio::test]
async fn what_is_no_certificate_is_refused_by_the_control_api() {
    let world = World::start().await;
    let url = format!("{}/microsoft/registrations", world.simulator.control_url());
    let wrong = json!({ "client_id": CLIENT_ID, "certificates": ["-----BEGIN X-----"] });
    let answer = world.http.post(url).json(&wrong).send().await.unwrap();
    assert_eq!(answer.status(), 400);
}
