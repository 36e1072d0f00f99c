//! An invocation token is for one call: it is bound to no path and no body, so we bind it.

use actix_web::http::Method;
use postroom_atlassian::forge::routes;
use postroom_queue::Doorbell;
use serde_json::{Value, json};

use crate::support::{Answer, Stage, installation::Invocation, jira};

async fn post(stage: &Stage, call: &Invocation, path: &str, body: Value) -> Answer {
    stage.invoke(call, Method::POST, path, Some(body)).await
}

/// A proxy sends a request again when it lost the answer. What an event changes, it changes once.
#[actix_web::test]
async fn an_event_may_come_again_as_it_was() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let call = stage.event_of("acme");
    for _ in 0..3 {
        post(&stage, &call, routes::TICK, json!({ "n": 1 }))
            .await
            .expect(204);
    }
}

#[actix_web::test]
async fn an_events_token_carries_nothing_else() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let call = stage.event_of("acme");
    post(&stage, &call, routes::TICK, json!({ "n": 1 }))
        .await
        .expect(204);
    for _ in 0..2 {
        post(&stage, &call, routes::TICK, json!({ "n": 2 }))
            .await
            .expect(401);
        post(&stage, &call, routes::GOODBYE, json!({ "n": 1 }))
            .await
            .expect(401);
        let query = format!("{}?x=1", routes::TICK);
        post(&stage, &call, &query, json!({ "n": 1 }))
            .await
            .expect(401);
    }
    post(&stage, &call, routes::TICK, json!({ "n": 1 }))
        .await
        .expect(204);
    let row = stage.row(stage.installed("acme").await.unwrap()).await;
    assert_eq!(row.state, postroom_registry::tenant::TenantState::Installed);
}

#[actix_web::test]
async fn a_token_without_an_id_is_known_by_itself() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let mut call = stage.event_of("acme");
    call.claims.as_object_mut().unwrap().remove("jti");
    post(&stage, &call, routes::TICK, json!({ "n": 1 }))
        .await
        .expect(204);
    post(&stage, &call, routes::TICK, json!({ "n": 2 }))
        .await
        .expect(401);
}

#[actix_web::test]
async fn the_same_id_of_another_installation_is_another_token() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    stage.forge_tenant("globex").await;
    let acme = stage.event_of("acme");
    let mut globex = stage.event_of("globex");
    globex.claims["jti"] = acme.claims["jti"].clone();
    post(&stage, &acme, routes::TICK, json!({ "n": 1 }))
        .await
        .expect(204);
    post(&stage, &globex, routes::TICK, json!({ "n": 2 }))
        .await
        .expect(204);
}

#[actix_web::test]
async fn a_person_changes_something_once() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let person = stage.person_of("acme", jira::ADMIN);
    let begin = || json!({ "purpose": "both" });
    post(&stage, &person, "/api/v1/sign-ins", begin())
        .await
        .expect(201);
    let again = post(&stage, &person, "/api/v1/sign-ins", begin())
        .await
        .expect(409);
    assert_eq!(again.code(), "conflict");
    let other = json!({ "purpose": "source" });
    post(&stage, &person, "/api/v1/sign-ins", other)
        .await
        .expect(401);
    post(&stage, &person, "/api/v1/move", begin())
        .await
        .expect(401);
}

#[actix_web::test]
async fn looking_changes_nothing_and_may_be_done_again() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let person = stage.person_of("acme", jira::ADMIN);
    for path in ["/api/v1/me", "/api/v1/sources", "/api/v1/me"] {
        stage
            .invoke(&person, Method::GET, path, None)
            .await
            .expect(200);
    }
}

#[actix_web::test]
async fn without_redis_we_go_on() {
    let mut stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    // Nobody listens on the discard port.
    let nowhere = Doorbell::connect("redis://127.0.0.1:9", "test", &stage.clock).unwrap();
    stage.api = stage.process(|parts| parts.doorbell = nowhere);
    let call = stage.event_of("acme");
    post(&stage, &call, routes::TICK, json!({}))
        .await
        .expect(204);
    let person = stage.person_of("acme", jira::ADMIN);
    let body = json!({ "purpose": "both" });
    post(&stage, &person, "/api/v1/sign-ins", body)
        .await
        .expect(201);
}
