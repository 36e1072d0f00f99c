//! Calls in the order in which they really come: twice, at once, too late.

use chrono::TimeDelta;
use futures_util::future::join_all;
use postroom_registry::tenant::TenantState;
use serde_json::{Value, json};

use super::{INSTALLED, call, found, payload};
use crate::support::{Answer, Stage, book::Tenant, jira, tokens};

const UNINSTALLED: &str = "/connect/uninstalled";

/// A token of the install service, signed so many seconds after noon for this site.
fn signed(site: &str, path: &str, seconds: i64) -> String {
    let mut claims = tokens::claims(site, &tokens::qsh("POST", path));
    claims["iat"] = json!(claims["iat"].as_i64().unwrap() + seconds);
    tokens::rs256(tokens::KID, tokens::rsa(), &claims)
}

async fn install(stage: &Stage, site: &str, secret: &str, seconds: i64, more: Value) -> Answer {
    let mut body = payload(stage, secret);
    body["clientKey"] = json!(site);
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    call(stage, INSTALLED, &signed(site, INSTALLED, seconds), &body).await
}

fn of(client_key: &str, secret: &str, stage_tenant: postroom_registry::TenantId) -> Tenant {
    Tenant {
        id: stage_tenant,
        client_key: client_key.into(),
        secret: secret.into(),
    }
}

#[actix_web::test]
async fn an_install_that_comes_again_later_does_not_put_its_secret_back() {
    let stage = Stage::new().await;
    install(&stage, "site-1", "first", 0, json!({}))
        .await
        .expect(204);
    install(&stage, "site-1", "second", 1, json!({}))
        .await
        .expect(204);
    let replayed = install(&stage, "site-1", "first", 0, json!({})).await;
    assert_eq!(replayed.expect(401).code(), "unauthorized");
    // The body is not covered by the signature: the newest token brings no other secret either.
    install(&stage, "site-1", "forged", 1, json!({}))
        .await
        .expect(401);
    install(&stage, "site-1", "second", 1, json!({}))
        .await
        .expect(204);
    let (_, secrets) = found(&stage).await.unwrap();
    assert_eq!(secrets, ["second", "first"]);
}

#[actix_web::test]
async fn installs_at_once_end_in_one_tenant() {
    let stage = Stage::new().await;
    let calls = (0..6).map(|_| install(&stage, "site-1", "secret", 0, json!({})));
    for answer in join_all(calls).await {
        answer.expect(204);
    }
    let (state, secrets) = found(&stage).await.unwrap();
    assert_eq!(
        (state, secrets),
        (TenantState::Installed, vec!["secret".into()])
    );
}

#[actix_web::test]
async fn an_uninstall_that_was_overtaken_by_an_install_changes_nothing() {
    let stage = Stage::new().await;
    install(&stage, "site-1", "first", 0, json!({}))
        .await
        .expect(204);
    install(&stage, "site-1", "second", 10, json!({}))
        .await
        .expect(204);
    let body = json!({ "clientKey": "site-1" });
    let late = signed("site-1", UNINSTALLED, 5);
    call(&stage, UNINSTALLED, &late, &body).await.expect(204);
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Installed);
    let true_one = signed("site-1", UNINSTALLED, 11);
    call(&stage, UNINSTALLED, &true_one, &body)
        .await
        .expect(204);
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Uninstalled);
}

#[actix_web::test]
async fn removed_before_it_is_switched_off_and_in_again_with_its_data() {
    let stage = Stage::new().await;
    install(&stage, "site-1", "first", 0, json!({}))
        .await
        .expect(204);
    let id = stage
        .registry
        .tenant_by_client_key("site-1")
        .await
        .unwrap()
        .unwrap();
    let site = of("site-1", "first", id);
    stage.source(&site).await;
    let body = json!({ "clientKey": "site-1" });
    let gone = signed("site-1", UNINSTALLED, 1);
    call(&stage, UNINSTALLED, &gone, &body).await.expect(204);
    for token in [
        site.request_token("POST", "/connect/disabled"),
        String::new(),
    ] {
        call(&stage, "/connect/disabled", &token, &body)
            .await
            .expect(401);
    }
    assert_eq!(found(&stage).await.unwrap().0, TenantState::Uninstalled);
    install(&stage, "site-1", "again", 2, json!({}))
        .await
        .expect(204);
    let site = of("site-1", "again", id);
    let sources = stage
        .admin(&site, actix_web::http::Method::GET, "/sources", None)
        .await;
    assert_eq!(
        sources.expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[actix_web::test]
async fn an_imported_site_is_the_same_site_and_both_its_keys_are_good_for_a_while() {
    let stage = Stage::new().await;
    let cloud = json!({ "cloudId": "cloud-1" });
    install(&stage, "site-1", "first", 0, cloud.clone())
        .await
        .expect(204);
    let id = stage
        .registry
        .tenant_by_client_key("site-1")
        .await
        .unwrap()
        .unwrap();
    let before = of("site-1", "first", id);
    stage
        .panel(
            &before.context_token(jira::ADMIN),
            actix_web::http::Method::GET,
            "/me",
            None,
        )
        .await
        .expect(200);
    install(&stage, "site-2", "second", 1, cloud)
        .await
        .expect(204);
    let after = of("site-2", "second", id);
    assert_eq!(
        stage.registry.tenant_by_client_key("site-2").await.unwrap(),
        Some(id)
    );
    for site in [&before, &after] {
        stage
            .admin(site, actix_web::http::Method::GET, "/me", None)
            .await
            .expect(200);
    }
    // The key of before is nobody's name any more: its uninstall takes nothing away.
    let gone = signed("site-1", UNINSTALLED, 2);
    call(
        &stage,
        UNINSTALLED,
        &gone,
        &json!({ "clientKey": "site-1" }),
    )
    .await
    .expect(204);
    stage
        .admin(&after, actix_web::http::Method::GET, "/me", None)
        .await
        .expect(200);
    stage.clock.advance(TimeDelta::minutes(6));
    assert_eq!(
        stage.registry.tenant_by_client_key("site-1").await.unwrap(),
        None
    );
}

#[actix_web::test]
async fn a_renamed_site_and_its_custom_domain_may_frame_the_panel_at_once() {
    let panel = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/matrix/panel");
    let stage = Stage::at(crate::support::BASE, panel.into()).await;
    install(&stage, "site-1", "first", 0, json!({}))
        .await
        .expect(204);
    let id = stage
        .registry
        .tenant_by_client_key("site-1")
        .await
        .unwrap()
        .unwrap();
    let ancestors = async |secret: &str| {
        let token = of("site-1", secret, id).request_token("GET", "/panel");
        let page = stage
            .send(crate::support::get(&format!("/panel?jwt={token}")))
            .await
            .expect(200);
        let policy = page.header("content-security-policy").to_owned();
        policy.split_once("frame-ancestors ").unwrap().1.to_owned()
    };
    assert_eq!(
        ancestors("first").await,
        format!("{} 'self'", stage.jira.uri())
    );
    let renamed = json!({
        "baseUrl": "https://acme-corp.atlassian.net", "displayUrl": "https://jira.acme.example",
    });
    install(&stage, "site-1", "second", 1, renamed)
        .await
        .expect(204);
    assert_eq!(
        ancestors("second").await,
        "https://acme-corp.atlassian.net https://jira.acme.example 'self'"
    );
}
