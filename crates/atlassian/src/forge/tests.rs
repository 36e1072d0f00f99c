use std::time::Duration;

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, jwk::Jwk};
use postroom_telemetry::HttpClient;
use serde_json::{Value, json};
use url::Url;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::*;
use crate::testing::{now, rsa, rsa_encoding, sign_hs, sign_rs256, unsigned};

const APP: &str = "ari:cloud:ecosystem::app/0e1bb3a5-0000-4000-8000-000000000001";

fn key_set(kid: &str) -> Value {
    let mut jwk = Jwk::from_encoding_key(&rsa_encoding(), Algorithm::RS256).unwrap();
    jwk.common.key_id = Some(kid.to_owned());
    json!({ "keys": [jwk, {"kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "other"}] })
}

async fn serving(answer: ResponseTemplate) -> (MockServer, ForgeDoor) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let http = HttpClient::new("forge_keys", Duration::from_secs(5)).unwrap();
    let url = Url::parse(&server.uri()).unwrap();
    let door = ForgeDoor::new(
        http,
        url,
        APP,
        Environment::Production,
        TimeDelta::seconds(60),
    );
    (server, door)
}

async fn door() -> (MockServer, ForgeDoor) {
    serving(ResponseTemplate::new(200).set_body_json(key_set("k1"))).await
}

fn claims() -> Value {
    json!({
        "iss": "forge/invocation-token", "aud": APP, "jti": "t-1",
        "iat": now().timestamp(), "nbf": now().timestamp(), "exp": now().timestamp() + 25,
        "app": {
            "id": APP, "appVersion": "1.0.0",
            "installationId": "ari:cloud:ecosystem::installation/i-1",
            "apiBaseUrl": "https://api.atlassian.com/ex/jira/cloud-1",
            "environment": {"type": "PRODUCTION", "id": "e-1"},
            "module": {"type": "core:endpoint", "key": "api"},
            "license": {"isActive": true},
        },
        "context": {"cloudId": "cloud-1", "siteUrl": "https://acme.atlassian.net", "moduleKey": "settings"},
        "principal": "account-1",
    })
}

fn with(pointer: &str, value: Value) -> String {
    let mut claims = claims();
    *claims.pointer_mut(pointer).unwrap() = value;
    sign_rs256("k1", &claims)
}

#[tokio::test]
async fn a_good_token_names_site_and_account() {
    let (_server, door) = door().await;
    let token = door
        .verify(&sign_rs256("k1", &claims()), now())
        .await
        .unwrap();
    assert_eq!(
        token.installation_id,
        "ari:cloud:ecosystem::installation/i-1"
    );
    assert_eq!(token.cloud_id, "cloud-1");
    assert_eq!(
        token.api_base_url.as_str(),
        "https://api.atlassian.com/ex/jira/cloud-1"
    );
    assert_eq!(token.principal.as_deref(), Some("account-1"));
    assert_eq!(
        (token.licensed, token.module_key.as_deref()),
        (Some(true), Some("api"))
    );
}

#[tokio::test]
async fn an_event_has_no_principal_and_may_name_its_site_in_the_installation() {
    let (_server, door) = door().await;
    let mut event = claims();
    event.as_object_mut().unwrap().remove("principal");
    event.as_object_mut().unwrap().remove("context");
    let no_site = sign_rs256("k1", &event);
    assert!(matches!(
        door.verify(&no_site, now()).await,
        Err(ForgeError::Malformed)
    ));
    event["app"]["installation"] =
        json!({"id": "i-1", "contexts": [{"name": "jira", "cloudId": "cloud-2"}]});
    let token = door.verify(&sign_rs256("k1", &event), now()).await.unwrap();
    assert_eq!(
        (token.cloud_id.as_str(), token.principal),
        ("cloud-2", None)
    );
}

#[tokio::test]
async fn other_algorithms_and_other_keys_are_refused() {
    let (_server, door) = door().await;
    let hs256 = sign_hs(Algorithm::HS256, &rsa().public_key_pem(), &claims());
    assert!(matches!(
        door.verify(&hs256, now()).await,
        Err(ForgeError::WrongAlgorithm)
    ));
    assert!(matches!(
        door.verify(&unsigned(&claims()), now()).await,
        Err(ForgeError::WrongAlgorithm)
    ));
    let good = sign_rs256("k1", &claims());
    let (rest, _) = good.rsplit_once('.').unwrap();
    let forged = format!("{rest}.AAAA");
    assert!(matches!(
        door.verify(&forged, now()).await,
        Err(ForgeError::BadSignature)
    ));
}

#[tokio::test]
async fn issuer_audience_and_environment_are_exact() {
    let (_server, door) = door().await;
    let wrong = with("/iss", json!("forge/context-token"));
    assert!(matches!(
        door.verify(&wrong, now()).await,
        Err(ForgeError::WrongIssuer)
    ));
    for aud in [
        json!(format!("{APP}2")),
        json!(&APP[..APP.len() - 1]),
        json!([APP, "x"]),
        json!([]),
    ] {
        let wrong = with("/aud", aud);
        assert!(matches!(
            door.verify(&wrong, now()).await,
            Err(ForgeError::WrongAudience)
        ));
    }
    let wrong = with("/app/environment/type", json!("DEVELOPMENT"));
    assert!(matches!(
        door.verify(&wrong, now()).await,
        Err(ForgeError::WrongEnvironment)
    ));
}

#[tokio::test]
async fn times_are_checked_against_the_given_now() {
    let (_server, door) = door().await;
    let token = sign_rs256("k1", &claims());
    let at = |seconds| now() + TimeDelta::seconds(seconds);
    door.verify(&token, at(54)).await.unwrap();
    assert!(matches!(
        door.verify(&token, at(55)).await,
        Err(ForgeError::Expired)
    ));
    assert!(matches!(
        door.verify(&token, at(-31)).await,
        Err(ForgeError::NotYetValid)
    ));
}

#[tokio::test]
async fn made_up_key_ids_do_not_make_us_ask_each_time() {
    let (server, door) = door().await;
    let asked = async || server.received_requests().await.unwrap().len();
    let made_up = sign_rs256("k2", &claims());
    for _ in 0..3 {
        let error = door.verify(&made_up, now()).await.unwrap_err();
        assert!(
            matches!(error, ForgeError::Key(JwksError::Unknown)),
            "{error:?}"
        );
    }
    door.verify(&sign_rs256("k1", &claims()), now())
        .await
        .unwrap();
    assert_eq!(asked().await, 1);
    let later = now() + TimeDelta::seconds(60);
    door.verify(&made_up, later).await.unwrap_err();
    assert_eq!(asked().await, 2);
}

#[tokio::test]
async fn a_new_key_is_found_after_the_rest() {
    let (server, door) = door().await;
    door.verify(&sign_rs256("k1", &claims()), now())
        .await
        .unwrap();
    server.reset().await;
    let rotated = ResponseTemplate::new(200).set_body_json(key_set("k2"));
    Mock::given(any())
        .respond_with(rotated)
        .mount(&server)
        .await;
    let later = now() + TimeDelta::seconds(61);
    let mut renewed = claims();
    renewed["exp"] = json!(later.timestamp() + 25);
    door.verify(&sign_rs256("k2", &renewed), later)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_outage_rests_for_seconds_only() {
    let (server, door) = serving(ResponseTemplate::new(500)).await;
    let token = sign_rs256("k1", &claims());
    let error = door.verify(&token, now()).await.unwrap_err();
    assert!(
        matches!(
            error,
            ForgeError::Key(JwksError::Unreadable { status: 500 })
        ),
        "{error:?}"
    );
    let error = door.verify(&token, now()).await.unwrap_err();
    assert!(
        matches!(error, ForgeError::Key(JwksError::Resting)),
        "{error:?}"
    );
    server.reset().await;
    let back = ResponseTemplate::new(200).set_body_json(key_set("k1"));
    Mock::given(any()).respond_with(back).mount(&server).await;
    door.verify(&token, now() + TimeDelta::seconds(5))
        .await
        .unwrap();
}
