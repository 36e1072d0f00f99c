//! The panel by Forge's front door.

use std::time::Duration;

use actix_web::http::Method;
use postroom_atlassian::forge::{ForgeDoor, ForgeSettings};
use postroom_telemetry::HttpClient;
use serde_json::json;

use crate::support::{Stage, get, installation::Invocation, jira};

async fn me(stage: &Stage, person: &Invocation) -> crate::support::Answer {
    stage.invoke(person, Method::GET, "/api/v1/me", None).await
}

#[actix_web::test]
async fn the_panel_may_be_opened_before_the_installation_is_told() {
    let stage = Stage::new().await;
    let waits = me(&stage, &stage.person_of("acme", jira::ADMIN)).await;
    assert_eq!(waits.expect(503).code(), "waiting_for_jira");
    assert!(stage.installed("acme").await.is_some());
    let until = stage.clock.now().timestamp() + 3600;
    let token = crate::support::installation::system_token(until);
    let tick = stage.event_of("acme").with_system_token(&token);
    stage
        .invoke(&tick, Method::POST, "/forge/tick", Some(json!({})))
        .await
        .expect(204);
    let person = stage.person_of("acme", jira::ADMIN);
    let answer = me(&stage, &person).await.expect(200).json();
    assert_eq!(answer["account_id"], jira::ADMIN);
    assert_eq!(answer["site_name"], "acme.atlassian.net");
    assert_eq!(answer["is_admin"], true);
}

#[actix_web::test]
async fn jira_is_asked_with_the_token_that_came_in() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let agent = stage.person_of("acme", jira::AGENT);
    let answer = stage
        .invoke(&agent, Method::GET, "/api/v1/sources", None)
        .await;
    assert_eq!(answer.expect(403).code(), "not_an_administrator");
    let asked = stage.jira.received_requests().await.unwrap();
    let check = asked
        .iter()
        .find(|it| it.url.path() == "/ex/jira/cloud-acme/rest/api/3/permissions/check")
        .unwrap();
    let authorization = check.headers["authorization"].to_str().unwrap();
    assert!(authorization.starts_with("Bearer "));
}

#[actix_web::test]
async fn nobody_is_behind_an_event() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let answer = me(&stage, &stage.event_of("acme")).await.expect(403);
    assert_eq!(answer.code(), "no_account");
    // And nothing is made of it.
    me(&stage, &stage.event_of("globex")).await.expect(403);
    assert_eq!(stage.installed("globex").await, None);
}

#[actix_web::test]
async fn while_the_key_set_is_away_nobody_knows_and_nobody_is_a_forger() {
    let stage = Stage::new().await;
    stage.jira.reset().await;
    let person = stage.person_of("acme", jira::ADMIN);
    let answer = me(&stage, &person).await.expect(503);
    assert_eq!(answer.code(), "unavailable");
    let event = stage.tell("acme", "/forge/tick", json!({})).await;
    event.expect(503);
}

#[actix_web::test]
async fn without_an_app_id_the_door_is_shut() {
    let mut stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    stage.api = stage.process(|parts| parts.forge = None);
    me(&stage, &stage.person_of("acme", jira::ADMIN))
        .await
        .expect(401);
    stage
        .tell("acme", "/forge/tick", json!({}))
        .await
        .expect(401);
    let site = stage.tenant("acme").await;
    stage
        .admin(&site, Method::GET, "/me", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn another_apps_invocations_are_refused_alike() {
    let mut stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let good = me(&stage, &stage.person_of("acme", jira::ADMIN))
        .await
        .expect(200);
    assert_ne!(good.text, "");
    stage.api = stage.process(|parts| {
        let door = parts.forge.take().unwrap();
        let settings = ForgeSettings {
            app_id: "ari:cloud:ecosystem::app/another".into(),
            ..door.settings().clone()
        };
        let http = HttpClient::new("forge_keys", Duration::from_secs(10)).unwrap();
        parts.forge = Some(ForgeDoor::new(http, settings));
    });
    let words = |answer: &crate::support::Answer| {
        let mut body = answer.json();
        body["error"]["reference"] = json!("");
        body
    };
    let other = me(&stage, &stage.person_of("acme", jira::ADMIN))
        .await
        .expect(401);
    let none = stage.send(get("/api/v1/me")).await.expect(401);
    let rubbish = stage
        .bearer("a.b.c", None, Method::GET, "/api/v1/me", None)
        .await;
    assert_eq!(words(&other), words(&none));
    assert_eq!(words(&rubbish.expect(401)), words(&none));
}

#[actix_web::test]
async fn two_tokens_at_once_are_none() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let site = stage.tenant("acme").await;
    let connect = format!("JWT {}", site.context_token(jira::ADMIN));
    let forge = format!("Bearer {}", stage.person_of("acme", jira::ADMIN).token());
    let call = get("/api/v1/me")
        .append_header(("authorization", connect))
        .append_header(("authorization", forge));
    stage.send(call).await.expect(401);
}
