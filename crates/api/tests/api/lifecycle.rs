//! Who may install, remove and switch the app, and what a forged call leaves behind: nothing.

use actix_web::http::Method;
use jsonwebtoken::Algorithm;
use postroom_registry::tenant::{self, TenantState};
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::support::{Answer, Stage, book::Tenant, jira, request, tokens};

mod memory;
mod order;

const INSTALLED: &str = "/connect/installed";

fn payload(stage: &Stage, secret: &str) -> Value {
    json!({
        "key": tokens::APP_KEY, "clientKey": "site-1", "sharedSecret": secret,
        "baseUrl": stage.jira.uri(), "eventType": "installed",
    })
}

fn claims(path: &str) -> Value {
    tokens::claims("site-1", &tokens::qsh("POST", path))
}

async fn call(stage: &Stage, path: &str, token: &str, body: &Value) -> Answer {
    let header = ("authorization", format!("JWT {token}"));
    stage
        .send(
            request(Method::POST, path)
                .insert_header(header)
                .set_json(body),
        )
        .await
}

/// The tenant's state and its secrets, if there is a tenant.
async fn found(stage: &Stage) -> Option<(TenantState, Vec<String>)> {
    let id = stage
        .registry
        .tenant_by_client_key("site-1")
        .await
        .unwrap()?;
    let tx = stage.registry.begin(id).await.unwrap();
    let row = tenant::this(&tx).await.unwrap();
    let secrets = tenant::secrets(&tx, &row).await.unwrap();
    Some((
        row.state,
        secrets
            .iter()
            .map(|it| it.expose_secret().to_owned())
            .collect(),
    ))
}

#[actix_web::test]
async fn an_install_makes_a_tenant_and_a_second_one_rotates_its_secret() {
    let stage = Stage::new().await;
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &claims(INSTALLED));
    call(&stage, INSTALLED, &token, &payload(&stage, "first"))
        .await
        .expect(204);
    assert_eq!(
        found(&stage).await.unwrap(),
        (TenantState::Installed, vec!["first".into()])
    );
    let mut later = claims(INSTALLED);
    later["iat"] = json!(tokens::claims("", "")["iat"].as_i64().unwrap() + 1);
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &later);
    call(&stage, INSTALLED, &token, &payload(&stage, "second"))
        .await
        .expect(204);
    let (_, secrets) = found(&stage).await.unwrap();
    assert_eq!(
        secrets,
        ["second", "first"],
        "what is in flight was signed with the old one"
    );
}

#[actix_web::test]
async fn a_forged_install_is_401_and_changes_nothing() {
    let stage = Stage::new().await;
    let good = tokens::rs256(tokens::KID, tokens::rsa(), &claims(INSTALLED));
    call(&stage, INSTALLED, &good, &payload(&stage, "kept"))
        .await
        .expect(204);
    let spoilt = |field: &str, value: Value| {
        let mut claims = claims(INSTALLED);
        claims[field] = value;
        tokens::rs256(tokens::KID, tokens::rsa(), &claims)
    };
    let stranger = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let mut context = tokens::claims("site-1", "context-qsh");
    context["sub"] = json!(jira::ADMIN);
    let forged = [
        (
            "signature",
            tokens::rs256(tokens::KID, &stranger, &claims(INSTALLED)),
        ),
        (
            "key id",
            tokens::rs256("unknown-kid", tokens::rsa(), &claims(INSTALLED)),
        ),
        (
            "key path",
            tokens::rs256("../kid-1", tokens::rsa(), &claims(INSTALLED)),
        ),
        (
            "audience",
            spoilt("aud", json!(["https://postroom.example.com.evil.example"])),
        ),
        ("issuer", spoilt("iss", json!("site-2"))),
        (
            "hash",
            spoilt("qsh", json!(tokens::qsh("POST", "/connect/uninstalled"))),
        ),
        ("context hash", spoilt("qsh", json!("context-qsh"))),
        ("expired", spoilt("exp", json!(0))),
        (
            "alg HS256",
            tokens::hs(Algorithm::HS256, "kept", &claims(INSTALLED)),
        ),
        (
            "alg HS256 with the public key",
            tokens::hs(
                Algorithm::HS256,
                &tokens::rsa().public_key_pem(),
                &claims(INSTALLED),
            ),
        ),
        (
            "context token",
            tokens::hs(Algorithm::HS256, "kept", &context),
        ),
    ];
    for (what, token) in forged {
        let answer = call(&stage, INSTALLED, &token, &payload(&stage, "stolen")).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        assert_eq!(answer.code(), "unauthorized");
        let (state, secrets) = found(&stage).await.unwrap();
        assert_eq!(
            (state, secrets),
            (TenantState::Installed, vec!["kept".into()]),
            "{what}"
        );
        // One of them is made for this route, and would be good here.
        if what != "hash" {
            let body = json!({ "clientKey": "site-1" });
            call(&stage, "/connect/uninstalled", &token, &body)
                .await
                .expect(401);
            assert_eq!(
                found(&stage).await.unwrap().0,
                TenantState::Installed,
                "{what}"
            );
        }
    }
    let bare = request(Method::POST, INSTALLED).set_json(payload(&stage, "stolen"));
    stage.send(bare).await.expect(401);
}

#[actix_web::test]
async fn a_site_that_is_not_allowed_cannot_install() {
    let stage = Stage::new().await;
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &claims(INSTALLED));
    let mut elsewhere = payload(&stage, "s");
    elsewhere["baseUrl"] = json!("https://atlassian.net.evil.example");
    call(&stage, INSTALLED, &token, &elsewhere)
        .await
        .expect(401);
    assert!(found(&stage).await.is_none());
}

#[actix_web::test]
async fn an_uninstall_forgets_the_secret_and_a_late_disabled_is_401() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    let path = "/connect/uninstalled";
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &claims(path));
    call(&stage, path, &token, &json!({ "clientKey": "site-1" }))
        .await
        .expect(204);
    assert_eq!(
        found(&stage).await.unwrap(),
        (TenantState::Uninstalled, vec![])
    );
    let late = site.request_token("POST", "/connect/disabled");
    call(&stage, "/connect/disabled", &late, &json!({}))
        .await
        .expect(401);
    stage
        .send(request(Method::POST, "/connect/disabled"))
        .await
        .expect(401);
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Uninstalled);
}

#[actix_web::test]
async fn the_site_switches_the_app_off_and_on_and_says_who_the_app_is() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    toggle(&stage, &site, "/connect/disabled").await;
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Disabled);
    let off = stage.admin(&site, Method::GET, "/me", None).await;
    assert_eq!(
        off.status, 401,
        "nobody uses the panel of a site that is switched off"
    );
    toggle(&stage, &site, "/connect/enabled").await;
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Installed);
    let tx = stage.registry.begin(site.id).await.unwrap();
    let row = tenant::this(&tx).await.unwrap();
    assert_eq!(row.app_account_id.as_deref(), Some(jira::APP));
}

async fn toggle(stage: &Stage, site: &Tenant, path: &str) {
    let token = site.request_token("POST", path);
    call(stage, path, &token, &json!({})).await.expect(204);
}

#[actix_web::test]
async fn a_switch_needs_a_token_of_its_own_request() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    let lifecycle = tokens::rs256(tokens::KID, tokens::rsa(), &claims("/connect/disabled"));
    for token in [
        site.context_token(jira::ADMIN),
        site.request_token("POST", "/connect/enabled"),
        site.request_token("GET", "/connect/disabled"),
        lifecycle,
    ] {
        call(&stage, "/connect/disabled", &token, &json!({}))
            .await
            .expect(401);
    }
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Installed);
}

#[actix_web::test]
async fn the_base_path_is_taken_off_before_hashing_and_a_proxy_may_take_it_off() {
    let stage = Stage::at("https://postroom.example.com/mail/", "/nowhere".into()).await;
    let mut claims = claims(INSTALLED);
    claims["aud"] = json!(["https://postroom.example.com/mail"]);
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &claims);
    for path in ["/mail/connect/installed", INSTALLED] {
        call(&stage, path, &token, &payload(&stage, "s"))
            .await
            .expect(204);
    }
}
