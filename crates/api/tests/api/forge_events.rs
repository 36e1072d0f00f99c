//! What Forge tells of a site, and who may tell it.

use actix_web::http::Method;
use postroom_atlassian::forge::routes;
use postroom_registry::{
    TenantId,
    mail::MailState,
    notification,
    tenant::{self, Door},
};
use serde_json::{Value, json};

use crate::support::{Stage, book::Tenant, forge, jira, request, tokens};

fn comment(id: &str, author: &str) -> Value {
    let at = "2026-11-24T12:00:00.000+0000";
    json!({
        "eventType": "avi:jira:commented:issue", "selfGenerated": false,
        "issue": { "id": "10001", "key": "SUP-1" },
        "comment": { "id": id, "author": { "accountId": author }, "created": at, "updated": at },
    })
}

async fn noted(stage: &Stage, tenant: TenantId) -> Vec<String> {
    let tx = stage.registry.begin(tenant).await.unwrap();
    let rows = notification::log(&tx, None, None, 10).await.unwrap();
    rows.into_iter().map(|row| row.comment_id).collect()
}

/// Acme by Forge, with an issue that came from mail.
async fn acme(stage: &Stage) -> TenantId {
    let id = stage.forge_tenant("acme").await;
    let acme = Tenant {
        id,
        client_key: "acme".into(),
        secret: String::new(),
    };
    let source = stage.source(&acme).await;
    let issue = Some(("10001", "SUP-1"));
    stage
        .ended_mail(&acme, source, "printer", MailState::Delivered, issue)
        .await;
    id
}

#[actix_web::test]
async fn a_comment_is_noted_once_and_its_bell_is_rung() {
    let stage = Stage::new().await;
    let tenant = acme(&stage).await;
    let event = comment("500", jira::AGENT);
    let wrapped = json!({ "payload": event, "retryContext": { "retryCount": 1 } });
    for body in [event, wrapped] {
        stage.tell("acme", routes::EVENTS, body).await.expect(204);
    }
    assert_eq!(noted(&stage, tenant).await, ["500"]);
    assert_eq!(stage.doorbell.pending().await.unwrap(), 1);
}

#[actix_web::test]
async fn our_own_comments_edits_and_other_events_are_not_noted() {
    let stage = Stage::new().await;
    let tenant = acme(&stage).await;
    let mut ours = comment("1", jira::AGENT);
    ours["selfGenerated"] = json!(true);
    let mut edited = comment("2", jira::AGENT);
    edited["comment"]["updated"] = json!("2026-11-24T12:00:01.000+0000");
    let by_the_app = comment("3", jira::APP);
    let deleted = json!({
        "eventType": "avi:jira:deleted:issue", "issue": { "id": "10001", "key": "SUP-1" },
    });
    let viewed = json!({ "eventType": "avi:jira:viewed:issue" });
    for body in [ours, edited, by_the_app, deleted, viewed] {
        stage.tell("acme", routes::EVENTS, body).await.expect(204);
    }
    assert!(noted(&stage, tenant).await.is_empty());
    let rubbish = stage.tell("acme", routes::EVENTS, json!([])).await;
    rubbish.expect(422);
}

#[actix_web::test]
async fn the_tenant_is_the_tokens_whatever_the_body_says() {
    let stage = Stage::new().await;
    let tenant = acme(&stage).await;
    let globex = stage.forge_tenant("globex").await;
    let mut event = comment("500", jira::AGENT);
    event["context"] = json!({ "cloudId": "cloud-acme" });
    event["installationId"] = json!(forge::installation_id("acme"));
    stage
        .tell("globex", routes::EVENTS, event)
        .await
        .expect(204);
    assert!(noted(&stage, tenant).await.is_empty() && noted(&stage, globex).await.is_empty());
}

#[actix_web::test]
async fn what_we_do_not_know_and_what_is_removed_is_403_and_makes_nothing() {
    let stage = Stage::new().await;
    for path in [routes::EVENTS, routes::TICK] {
        let answer = stage
            .tell("unknown", path, comment("1", "a"))
            .await
            .expect(403);
        assert_eq!(answer.code(), "not_installed");
    }
    assert_eq!(stage.installed("unknown").await, None);
    let tenant = acme(&stage).await;
    let tx = stage.registry.begin(tenant).await.unwrap();
    tenant::close(&tx, Door::Forge).await.unwrap();
    tx.commit().await.unwrap();
    stage.clock.advance(chrono::TimeDelta::seconds(5));
    for path in [routes::EVENTS, routes::TICK] {
        let answer = stage
            .tell("acme", path, comment("1", "a"))
            .await
            .expect(403);
        assert_eq!(answer.code(), "not_installed");
    }
}

/// The panel's script can have Forge call any path of ours with any body, with a good token.
#[actix_web::test]
async fn a_person_is_no_event() {
    let stage = Stage::new().await;
    let tenant = acme(&stage).await;
    for (_, path) in routes::ENDPOINTS {
        let person = stage.person_of("acme", jira::ADMIN);
        let body = Some(comment("500", jira::AGENT));
        let answer = stage.invoke(&person, Method::POST, path, body).await;
        assert_eq!(answer.status, 403, "{path} {}", answer.text);
        assert_eq!(answer.code(), "not_for_people");
    }
    assert!(noted(&stage, tenant).await.is_empty());
    assert_eq!(
        stage.row(tenant).await.state,
        tenant::TenantState::Installed
    );
}

/// A page that is shown to nobody in particular has its script all the same.
#[actix_web::test]
async fn a_page_without_a_person_is_no_event() {
    let stage = Stage::new().await;
    let tenant = acme(&stage).await;
    for (_, path) in routes::ENDPOINTS {
        for (pointer, mark) in [
            ("/context/extension", json!({ "type": "jira:adminPage" })),
            ("/context/moduleKey", json!("postroom-panel")),
            ("/app/module/type", json!("jira:projectSettingsPage")),
            ("/app/module/key", json!("api")),
        ] {
            let mut page = stage.event_of("acme");
            page.claims["context"]["extension"] = Value::Null;
            *page.claims.pointer_mut(pointer).unwrap() = mark;
            let body = Some(comment("500", jira::AGENT));
            let answer = stage.invoke(&page, Method::POST, path, body).await;
            assert_eq!(answer.status, 403, "{path} {pointer} {}", answer.text);
            assert_eq!(answer.code(), "not_for_people");
        }
    }
    assert!(noted(&stage, tenant).await.is_empty());
    assert_eq!(
        stage.row(tenant).await.state,
        tenant::TenantState::Installed
    );
}

#[actix_web::test]
async fn connects_tokens_open_no_door_of_forge_and_forges_none_of_connect() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let site = stage.tenant("acme").await;
    for (_, path) in routes::ENDPOINTS {
        let hash = tokens::qsh("POST", path);
        let install = tokens::rs256(tokens::KID, tokens::rsa(), &tokens::claims("acme", &hash));
        let own = stage.event_of("acme").token();
        let mut authorizations = vec![format!("JWT {own}")];
        for token in [
            site.request_token("POST", path),
            site.context_token(jira::ADMIN),
            install,
        ] {
            authorizations.extend([format!("JWT {token}"), format!("Bearer {token}")]);
        }
        for authorization in authorizations {
            let call = request(Method::POST, path)
                .insert_header(("authorization", authorization))
                .set_json(json!({}));
            let answer = stage.send(call).await;
            assert_eq!(answer.status, 401, "{path} {}", answer.text);
        }
    }
    for path in [
        "installed",
        "uninstalled",
        "enabled",
        "disabled",
        "webhooks/comment-created",
    ] {
        for principal in [None, Some(jira::ADMIN)] {
            let claims = forge::claims(&stage.jira.uri(), "acme", principal);
            let token = tokens::rs256(forge::KID, forge::rsa(), &claims);
            for scheme in ["JWT", "Bearer"] {
                let call = request(Method::POST, &format!("/connect/{path}"))
                    .insert_header(("authorization", format!("{scheme} {token}")))
                    .set_json(json!({ "clientKey": "acme" }));
                stage.send(call).await.expect(401);
            }
        }
    }
}
