//! An installation of Forge: made, made again, renamed, removed.

use actix_web::http::Method;
use postroom_atlassian::forge::routes;
use postroom_registry::tenant::TenantState;
use serde_json::{Value, json};

use crate::support::{Stage, installation::system_token, jira};

fn installed() -> Value {
    json!({ "eventType": "avi:forge:installed:app", "id": "somebody else's" })
}

#[actix_web::test]
async fn an_installation_makes_one_tenant_however_often_it_is_told() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    let upgraded = json!({ "payload": { "eventType": "avi:forge:upgraded:app" } });
    for body in [installed(), upgraded] {
        stage
            .tell("acme", routes::LIFECYCLE, body)
            .await
            .expect(204);
    }
    assert_eq!(stage.installed("acme").await, Some(tenant));
    let row = stage.row(tenant).await;
    assert_eq!(row.cloud_id.as_deref(), Some("cloud-acme"));
    assert_eq!(row.site_url, "https://acme.atlassian.net/");
    let api = format!("{}/ex/jira/cloud-acme", stage.jira.uri());
    assert_eq!(row.api_base_url, Some(api));
    assert_eq!(row.app_account_id.as_deref(), Some(jira::APP));
    assert!(row.client_key.is_none());
}

#[actix_web::test]
async fn a_goodbye_is_heard_at_once_and_a_new_installation_finds_the_data() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    let me = |nth: u32| {
        let mut person = stage.person_of("acme", jira::ADMIN);
        person.claims["jti"] = json!(format!("me-{nth}"));
        person
    };
    let get = async |nth| {
        stage
            .invoke(&me(nth), Method::GET, "/api/v1/me", None)
            .await
    };
    get(1).await.expect(200);
    let context = json!({ "context": { "cloudId": "cloud-acme" }, "contextToken": "x" });
    stage
        .tell("acme", routes::GOODBYE, context)
        .await
        .expect(204);
    assert_eq!(get(2).await.expect(403).code(), "not_installed");
    let row = stage.row(tenant).await;
    assert_eq!(row.state, TenantState::Uninstalled);
    assert_eq!(row.system_token_until, None);
    let until = stage.clock.now().timestamp() + 3600;
    let again = stage
        .event_of("acme")
        .with_system_token(&system_token(until));
    stage
        .invoke(&again, Method::POST, routes::LIFECYCLE, Some(installed()))
        .await
        .expect(204);
    assert_eq!(stage.installed("acme").await, Some(tenant));
    let kept = stage.row(tenant).await.system_token_until.unwrap();
    assert_eq!(kept.timestamp(), until);
    get(3).await.expect(200);
}

#[actix_web::test]
async fn a_goodbye_of_nobody_makes_nobody() {
    let stage = Stage::new().await;
    stage
        .tell("acme", routes::GOODBYE, json!({}))
        .await
        .expect(204);
    assert_eq!(stage.installed("acme").await, None);
}

#[actix_web::test]
async fn a_call_that_tells_no_lifecycle_changes_nothing() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    stage
        .tell("acme", routes::GOODBYE, json!({}))
        .await
        .expect(204);
    let other = json!({ "eventType": "avi:jira:viewed:issue" });
    stage
        .tell("acme", routes::LIFECYCLE, other)
        .await
        .expect(204);
    stage
        .tell("acme", routes::LIFECYCLE, json!({}))
        .await
        .expect(422);
    assert_eq!(stage.row(tenant).await.state, TenantState::Uninstalled);
}

#[actix_web::test]
async fn a_renamed_site_is_known_by_its_new_name() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    let mut person = stage.person_of("acme", jira::ADMIN);
    person.claims["context"]["siteUrl"] = json!("https://acme-corp.atlassian.net");
    let me = stage.invoke(&person, Method::GET, "/api/v1/me", None).await;
    assert_eq!(
        me.expect(200).json()["site_name"],
        "acme-corp.atlassian.net"
    );
    assert_eq!(
        stage.row(tenant).await.site_url,
        "https://acme-corp.atlassian.net/"
    );
}

#[actix_web::test]
async fn a_site_that_an_event_does_not_name_is_named_by_the_panel() {
    let stage = Stage::new().await;
    let mut event = stage.event_of("acme");
    event.claims["context"]
        .as_object_mut()
        .unwrap()
        .remove("siteUrl");
    let path = routes::LIFECYCLE;
    stage
        .invoke(&event, Method::POST, path, Some(installed()))
        .await
        .expect(204);
    let tenant = stage.installed("acme").await.unwrap();
    let api = format!("{}/ex/jira/cloud-acme", stage.jira.uri());
    assert_eq!(stage.row(tenant).await.site_url, api);
    let person = stage.person_of("acme", jira::ADMIN);
    stage.invoke(&person, Method::GET, "/api/v1/me", None).await;
    assert_eq!(
        stage.row(tenant).await.site_url,
        "https://acme.atlassian.net/"
    );
}

/// A site with a domain of its own names an address that we do not call, and an event may name none.
#[actix_web::test]
async fn a_call_whose_site_we_do_not_serve_is_good_and_leaves_the_name_as_it_was() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    let mut person = stage.person_of("acme", jira::ADMIN);
    person.claims["context"]["siteUrl"] = json!("https://jira.acme.example");
    stage
        .invoke(&person, Method::GET, "/api/v1/me", None)
        .await
        .expect(200);
    let mut event = stage.event_of("acme");
    event.claims["context"]["siteUrl"] = json!("https://a;sandbox.atlassian.net");
    let upgraded = json!({ "eventType": "avi:forge:upgraded:app" });
    stage
        .invoke(&event, Method::POST, routes::LIFECYCLE, Some(upgraded))
        .await
        .expect(204);
    let row = stage.row(tenant).await;
    assert_eq!(row.site_url, "https://acme.atlassian.net/");
}

#[actix_web::test]
async fn an_installation_is_not_on_two_sites() {
    let stage = Stage::new().await;
    let tenant = stage.forge_tenant("acme").await;
    let mut person = stage.person_of("globex", jira::ADMIN);
    person.claims["app"]["installationId"] = json!(crate::support::forge::installation_id("acme"));
    let answer = stage.invoke(&person, Method::GET, "/api/v1/me", None).await;
    answer.expect(401);
    assert_eq!(
        stage.row(tenant).await.cloud_id.as_deref(),
        Some("cloud-acme")
    );
    assert_eq!(
        stage.row(tenant).await.site_url,
        "https://acme.atlassian.net/"
    );
}
