//! A site moves from the Connect app to the Forge app: by its administrator, and with everything.

use actix_web::http::Method;
use postroom_atlassian::forge::routes;
use postroom_registry::{
    TenantId,
    mail::MailState,
    tenant::{Installation, TenantState},
};
use serde_json::{Value, json};

use crate::support::{Answer, Stage, book::Tenant, jira};

/// Acme by Connect, on the cloud site that the Forge installation will name.
async fn by_connect(stage: &Stage) -> Tenant {
    let installation = Installation {
        client_key: "acme-key".into(),
        cloud_id: Some("cloud-acme".into()),
        site_url: stage.jira.uri(),
        display_url: None,
        shared_secret: "secret".into(),
        issued_at: stage.clock.now(),
    };
    let id = stage.registry.install(&installation).await.unwrap().tenant;
    let acme = Tenant {
        id,
        client_key: "acme-key".into(),
        secret: "secret".into(),
    };
    let source = stage.source(&acme).await;
    stage.outbound(&acme).await;
    for subject in ["printer", "scanner"] {
        stage
            .ended_mail(&acme, source, subject, MailState::Delivered, None)
            .await;
    }
    acme
}

async fn call(stage: &Stage, account: &str, method: Method, path: &str) -> Answer {
    let person = stage.person_of("acme", account);
    stage.invoke(&person, method, path, None).await
}

async fn offer(stage: &Stage) -> Value {
    let answer = call(stage, jira::ADMIN, Method::GET, "/api/v1/move").await;
    answer.expect(200).json()["offer"].clone()
}

fn by_forge(id: TenantId) -> Tenant {
    Tenant {
        id,
        client_key: "acme".into(),
        secret: String::new(),
    }
}

#[actix_web::test]
async fn everything_moves_and_the_installation_finds_it() {
    let stage = Stage::new().await;
    let connect = by_connect(&stage).await;
    let forge = stage.forge_tenant("acme").await;
    assert_ne!(forge, connect.id);
    assert_eq!(
        offer(&stage).await,
        json!({
            "site_url": stage.jira.uri(), "sources": 1, "outbounds": 1, "mails": 2,
            "since": "2026-11-24T12:00:00Z",
        })
    );
    let sources = call(&stage, jira::ADMIN, Method::GET, "/api/v1/sources").await;
    assert_eq!(sources.expect(200).json()["items"], json!([]));
    call(&stage, jira::ADMIN, Method::POST, "/api/v1/move")
        .await
        .expect(204);
    assert_eq!(stage.installed("acme").await, Some(connect.id));
    let sources = call(&stage, jira::ADMIN, Method::GET, "/api/v1/sources").await;
    assert_eq!(
        sources.expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(offer(&stage).await, Value::Null);
    // The emptied side is nobody's, and the token for Jira moved, too.
    assert_eq!(stage.row(forge).await.state, TenantState::Forgotten);
    assert!(stage.row(connect.id).await.system_token_until.is_some());
    // Once.
    call(&stage, jira::ADMIN, Method::POST, "/api/v1/move")
        .await
        .expect(404);
    // The Connect app is still there, and its removal takes nothing away.
    stage
        .admin(&connect, Method::GET, "/sources", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn only_an_administrator_moves_a_site_and_only_by_forge() {
    let stage = Stage::new().await;
    let connect = by_connect(&stage).await;
    stage.forge_tenant("acme").await;
    for method in [Method::GET, Method::POST] {
        for account in [jira::AGENT, jira::PROJECT_ADMIN] {
            let answer = call(&stage, account, method.clone(), "/api/v1/move").await;
            assert_eq!(answer.expect(403).code(), "not_an_administrator");
        }
    }
    let by_connect = stage.admin(&connect, Method::GET, "/move", None).await;
    assert_eq!(by_connect.expect(200).json(), json!({ "offer": null }));
    stage
        .admin(&connect, Method::POST, "/move", None)
        .await
        .expect(404);
}

#[actix_web::test]
async fn another_cloud_site_is_not_offered() {
    let stage = Stage::new().await;
    let connect = by_connect(&stage).await;
    stage.forge_tenant("globex").await;
    let person = || stage.person_of("globex", jira::ADMIN);
    let answer = stage
        .invoke(&person(), Method::GET, "/api/v1/move", None)
        .await;
    assert_eq!(answer.expect(200).json(), json!({ "offer": null }));
    stage
        .invoke(&person(), Method::POST, "/api/v1/move", None)
        .await
        .expect(404);
    assert_eq!(stage.row(connect.id).await.installation_id, None);
}

#[actix_web::test]
async fn what_is_here_already_is_not_mixed_with_what_comes() {
    let stage = Stage::new().await;
    let connect = by_connect(&stage).await;
    let forge = stage.forge_tenant("acme").await;
    stage.source(&by_forge(forge)).await;
    let answer = call(&stage, jira::ADMIN, Method::POST, "/api/v1/move").await;
    assert_eq!(answer.expect(409).code(), "not_empty");
    assert_eq!(stage.installed("acme").await, Some(forge));
    assert_eq!(stage.row(connect.id).await.installation_id, None);
}

/// A call that was under way when the app was removed finds the installation gone, and makes none of its own.
#[actix_web::test]
async fn a_call_that_meets_the_goodbye_makes_nobody() {
    let stage = Stage::new().await;
    by_connect(&stage).await;
    stage.forge_tenant("acme").await;
    call(&stage, jira::ADMIN, Method::POST, "/api/v1/move")
        .await
        .expect(204);
    let under_way = stage.person_of("acme", jira::ADMIN);
    stage
        .tell("acme", routes::GOODBYE, json!({}))
        .await
        .expect(204);
    assert_eq!(stage.installed("acme").await, None);
    let late = stage
        .invoke(&under_way, Method::GET, "/api/v1/me", None)
        .await;
    assert_eq!(late.expect(403).code(), "not_installed");
    let upgraded = json!({ "eventType": "avi:forge:upgraded:app" });
    let late = stage.tell("acme", routes::LIFECYCLE, upgraded).await;
    assert_eq!(late.expect(403).code(), "not_installed");
    assert_eq!(stage.installed("acme").await, None);
}
