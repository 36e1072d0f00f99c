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
    let settings = ForgeSettings {
        jwks_url: Url::parse(&server.uri()).unwrap(),
        app_id: APP.into(),
        environment: Environment::Production,
        api_base: Url::parse("https://api.atlassian.com").unwrap(),
        allowed_sites: "https://*.atlassian.net".parse().unwrap(),
    };
    (server, ForgeDoor::new(http, settings))
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
    event["app"]["installation"] = json!({"id": "i-1", "contexts": [
        {"name": "confluence", "cloudId": "cloud-0"}, {"name": "jira", "cloudId": "cloud-1"},
    ]});
    let token = door.verify(&sign_rs256("k1", &event), now()).await.unwrap();
    assert_eq!(
        (token.cloud_id.as_str(), token.principal, token.site_url),
        ("cloud-1", None, None)
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
    for environment in ["DEVELOPMENT", "STAGING"] {
        let wrong = with("/app/environment/type", json!(environment));
        assert!(matches!(
            door.verify(&wrong, now()).await,
            Err(ForgeError::WrongEnvironment)
        ));
    }
    let none = with("/app/environment/type", json!("production"));
    assert!(matches!(
        door.verify(&none, now()).await,
        Err(ForgeError::Malformed)
    ));
}

#[tokio::test]
async fn the_api_is_exactly_the_one_of_the_site() {
    let (_server, door) = door().await;
    for elsewhere in [
        "https://api.atlassian.com@evil.example/ex/jira/cloud-1",
        "https://user@api.atlassian.com/ex/jira/cloud-1",
        "https://api.atlassian.com.evil.example/ex/jira/cloud-1",
        "https://evil.example/https://api.atlassian.com/ex/jira/cloud-1",
        "https://api.atlassian.com:8443/ex/jira/cloud-1",
        "https://api.atlassian.com:443/ex/jira/cloud-1",
        "http://api.atlassian.com/ex/jira/cloud-1",
        "HTTPS://API.ATLASSIAN.COM/ex/jira/cloud-1",
        "https://api.atlassian.com/ex/jira/cloud-2",
        "https://api.atlassian.com/ex/jira/cloud-12",
        "https://api.atlassian.com/ex/jira/cloud-",
        "https://api.atlassian.com/ex/jira/cloud-1/",
        "https://api.atlassian.com/ex/jira/cloud-1/../cloud-2",
        "https://api.atlassian.com/ex/jira/cloud-1?x",
        "https://api.atlassian.com/ex/jira/cloud-1#x",
        "https://api.atlassian.com/ex/confluence/cloud-1",
        " https://api.atlassian.com/ex/jira/cloud-1",
        "https://api.atlassian.com\\ex/jira/cloud-1",
        "",
    ] {
        let wrong = with("/app/apiBaseUrl", json!(elsewhere));
        let refused = door.verify(&wrong, now()).await;
        assert!(
            matches!(refused, Err(ForgeError::Site)),
            "{elsewhere}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_cloud_id_is_a_plain_word() {
    let (_server, door) = door().await;
    let long = "c".repeat(65);
    for id in [
        "", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "a b", "a_b", "ä", &long,
    ] {
        let mut wrong = claims();
        wrong["context"]["cloudId"] = json!(id);
        wrong["app"]["apiBaseUrl"] = json!(format!("https://api.atlassian.com/ex/jira/{id}"));
        let refused = door.verify(&sign_rs256("k1", &wrong), now()).await;
        assert!(
            matches!(refused, Err(ForgeError::Site)),
            "{id}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn the_cloud_id_of_the_call_is_not_replaced_by_one_of_the_installation() {
    let (_server, door) = door().await;
    let mut wrong = claims();
    wrong["context"]["cloudId"] = json!("cloud-2");
    wrong["app"]["installation"] = json!({"contexts": [{"cloudId": "cloud-1"}]});
    let refused = door.verify(&sign_rs256("k1", &wrong), now()).await;
    assert!(matches!(refused, Err(ForgeError::Site)), "{refused:?}");
}

#[tokio::test]
async fn a_site_that_is_none_of_the_allowed_is_left_out() {
    let (_server, door) = door().await;
    for elsewhere in [
        "https://jira.acme.example",
        "https://a;sandbox.atlassian.net",
        "https://evil.example",
        "https://acme.atlassian.net.evil.example",
        "https://acme.atlassian.net@evil.example",
        "https://evil@acme.atlassian.net",
        "http://acme.atlassian.net",
        "https://acme.atlassian.net:8443",
        "acme.atlassian.net",
    ] {
        let call = with("/context/siteUrl", json!(elsewhere));
        let token = door.verify(&call, now()).await.unwrap();
        assert_eq!(token.site_url, None, "{elsewhere}");
        assert_eq!(token.cloud_id, "cloud-1");
    }
}

#[tokio::test]
async fn a_page_is_known_by_its_marks_whoever_is_in_it() {
    let (_server, door) = door().await;
    let mut event = claims();
    event.as_object_mut().unwrap().remove("principal");
    event["app"]["module"] = json!({"type": "core:endpoint", "key": "events"});
    event["context"]["moduleKey"] = json!("jira-events");
    let from_page = async |claims: &Value| {
        let token = door.verify(&sign_rs256("k1", claims), now()).await;
        token.unwrap().from_page
    };
    assert!(!from_page(&event).await);
    event["context"]["extension"] = json!({});
    event["context"]["localId"] = Value::Null;
    assert!(!from_page(&event).await, "nothing is no mark");
    for (pointer, mark) in [
        ("/context/extension", json!({"type": "jira:adminPage"})),
        (
            "/context/localId",
            json!("ari:cloud:ecosystem::extension/x"),
        ),
        ("/context/moduleKey", json!("postroom-panel")),
        (
            "/app/module",
            json!({"type": "core:endpoint", "key": "api"}),
        ),
        (
            "/app/module",
            json!({"type": "jira:adminPage", "key": "events"}),
        ),
        ("/app/module", json!({"type": "jira:projectSettingsPage"})),
    ] {
        let mut page = event.clone();
        *page.pointer_mut(pointer).unwrap() = mark.clone();
        assert!(from_page(&page).await, "{pointer} {mark}");
    }
    for reader in ["accountId", "accountType"] {
        let mut page = event.clone();
        page["context"][reader] = json!("licensed");
        assert!(from_page(&page).await, "{reader}");
    }
}

#[tokio::test]
async fn an_installation_has_a_name() {
    let (_server, door) = door().await;
    for id in [String::new(), "i".repeat(256)] {
        let wrong = with("/app/installationId", json!(id));
        let refused = door.verify(&wrong, now()).await;
        assert!(matches!(refused, Err(ForgeError::Malformed)), "{refused:?}");
    }
}

#[tokio::test]
async fn an_outage_of_the_key_set_is_no_refusal() {
    let (_server, door) = serving(ResponseTemplate::new(500)).await;
    let token = sign_rs256("k1", &claims());
    let error = door.verify(&token, now()).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    let error = door.verify(&unsigned(&claims()), now()).await.unwrap_err();
    assert!(!error.is_transient(), "{error:?}");
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
