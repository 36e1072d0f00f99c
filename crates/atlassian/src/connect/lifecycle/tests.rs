use std::time::Duration;

use jsonwebtoken::Algorithm;
use postroom_telemetry::HttpClient;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::*;
use crate::{
    connect::{KeyError, TokenError, token::CONTEXT_QSH},
    testing::{now, rsa, sign_hs, sign_rs256},
};

struct Fixture {
    _server: MockServer,
    door: LifecycleDoor,
}

async fn fixture() -> Fixture {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/kid-1"))
        .respond_with(ResponseTemplate::new(200).set_body_string(rsa().public_key_pem()))
        .mount(&server)
        .await;
    let http = HttpClient::new("connect_keys", Duration::from_secs(5)).unwrap();
    let door = LifecycleDoor {
        app_key: "com.postroom.jira".into(),
        app_base_urls: vec![Url::parse("https://postroom.example.com").unwrap()],
        allowed_sites: "https://*.atlassian.net".parse().unwrap(),
        keys: InstallKeys::new(http, Url::parse(&server.uri()).unwrap()),
    };
    Fixture {
        _server: server,
        door,
    }
}

fn installed() -> Canonical {
    Canonical::new("POST", "/connect/installed", None)
}

fn payload() -> Value {
    json!({
        "key": "com.postroom.jira", "clientKey": "tenant-a", "sharedSecret": "s3cret", "publicKey": "old",
        "baseUrl": "https://acme.atlassian.net", "displayUrl": "https://jira.acme.example",
        "cloudId": "cloud-1", "productType": "jira", "eventType": "installed", "serverVersion": 100_217,
        "accountId": null, "installationId": "",
    })
}

fn claims() -> Value {
    json!({
        "iss": "tenant-a", "aud": ["https://postroom.example.com"], "qsh": installed().hash(),
        "iat": now().timestamp(), "exp": now().timestamp() + 180,
    })
}

async fn install(payload: &Value, token: &str) -> Result<Installed, LifecycleError> {
    let fixture = fixture().await;
    let body = payload.to_string();
    let header = format!("JWT {token}");
    fixture
        .door
        .verify_installed(body.as_bytes(), &header, &installed(), now())
        .await
}

#[tokio::test]
async fn a_signed_install_is_accepted() {
    let installed = install(&payload(), &sign_rs256("kid-1", &claims()))
        .await
        .unwrap();
    assert_eq!(installed.client_key, "tenant-a");
    assert_eq!(installed.issued_at, now());
    assert_eq!(installed.shared_secret.expose_secret(), "s3cret");
    assert_eq!(installed.base_url.as_str(), "https://acme.atlassian.net/");
    assert_eq!(installed.display_url.as_str(), "https://jira.acme.example/");
    assert_eq!(installed.payload.cloud_id.as_deref(), Some("cloud-1"));
    assert_eq!(installed.payload.installation_id, None);
    assert!(!format!("{installed:?}").contains("s3cret"));
}

#[tokio::test]
async fn an_install_with_the_tenants_own_secret_or_a_context_token_is_refused() {
    let error = install(&payload(), &sign_hs(Algorithm::HS256, "s3cret", &claims()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, LifecycleError::Token(TokenError::WrongAlgorithm)),
        "{error:?}"
    );
    let mut context = claims();
    context["qsh"] = json!(CONTEXT_QSH);
    let error = install(&payload(), &sign_rs256("kid-1", &context))
        .await
        .unwrap_err();
    assert!(
        matches!(error, LifecycleError::Token(TokenError::QshMismatch)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_call_without_a_time_is_refused() {
    let mut timeless = claims();
    timeless.as_object_mut().unwrap().remove("iat");
    let refused = install(&payload(), &sign_rs256("kid-1", &timeless)).await;
    assert!(
        matches!(
            refused,
            Err(LifecycleError::Token(TokenError::MissingIssueTime))
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_token_of_one_site_does_not_install_another() {
    let mut other = payload();
    other["clientKey"] = json!("tenant-b");
    let error = install(&other, &sign_rs256("kid-1", &claims()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, LifecycleError::Token(TokenError::WrongIssuer)),
        "{error:?}"
    );
}

#[tokio::test]
async fn unknown_and_wandering_keys_are_refused() {
    let error = install(&payload(), &sign_rs256("fake-kid", &claims()))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, LifecycleError::Key(e) if matches!(**e, KeyError::Unknown)),
        "{error:?}"
    );
    assert!(!error.is_transient());
    let error = install(&payload(), &sign_rs256("../kid-1", &claims()))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, LifecycleError::Key(e) if matches!(**e, KeyError::BadKeyId)),
        "{error:?}"
    );
}

#[tokio::test]
async fn only_listed_sites_and_this_app_install() {
    let token = sign_rs256("kid-1", &claims());
    let refused = |field: &str, value: Value| {
        let mut payload = payload();
        payload[field] = value;
        payload
    };
    let error = install(
        &refused("baseUrl", json!("https://atlassian.net.evil.example")),
        &token,
    )
    .await;
    assert!(matches!(error, Err(LifecycleError::SiteNotAllowed)));
    let error = install(&refused("baseUrl", Value::Null), &token).await;
    assert!(matches!(error, Err(LifecycleError::Payload("baseUrl"))));
    let error = install(&refused("sharedSecret", json!("")), &token).await;
    assert!(matches!(
        error,
        Err(LifecycleError::Payload("sharedSecret"))
    ));
    let error = install(&refused("key", json!("another.app")), &token).await;
    assert!(matches!(error, Err(LifecycleError::WrongApp)));
    let error = install(&json!([]), &token).await;
    assert!(matches!(error, Err(LifecycleError::Payload("clientKey"))));
}

#[tokio::test]
async fn uninstalled_needs_neither_secret_nor_site() {
    let fixture = fixture().await;
    let route = Canonical::new("POST", "/connect/uninstalled", None);
    let mut claims = claims();
    claims["qsh"] = json!(route.hash());
    let header = format!("JWT {}", sign_rs256("kid-1", &claims));
    let body = br#"{"clientKey":"tenant-a"}"#;
    let gone = fixture
        .door
        .verify_uninstalled(body, &header, &route, now())
        .await
        .unwrap();
    assert_eq!(
        (gone.client_key.as_str(), gone.issued_at),
        ("tenant-a", now())
    );
}

/// What a policy would read as its own words is no address: the signature does not cover the body.
#[tokio::test]
async fn an_address_that_means_something_to_a_policy_is_none() {
    let token = sign_rs256("kid-1", &claims());
    for display in [
        "https://a;sandbox",
        "https://*",
        "javascript:alert(1)",
        "https://jira.acme.example/?x",
    ] {
        let mut odd = payload();
        odd["displayUrl"] = json!(display);
        let installed = install(&odd, &token).await.unwrap();
        assert_eq!(installed.display_url, installed.base_url, "{display}");
    }
    for base in ["https://a;sandbox.atlassian.net", "https://*.atlassian.net"] {
        let mut odd = payload();
        odd["baseUrl"] = json!(base);
        let refused = install(&odd, &token).await;
        let named = matches!(refused, Err(LifecycleError::Payload("baseUrl")));
        assert!(named, "{base}: {refused:?}");
    }
}
