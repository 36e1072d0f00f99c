//! Events that Jira tells of.

use actix_web::http::Method;
use postroom_registry::{mail::MailState, notification, tenant::TenantState};
use serde_json::{Value, json};

use crate::support::{Answer, Stage, book::Tenant, jira, request};

const PATH: &str = "/connect/webhooks/comment-created?user_id=5b1&user_key=ann";

fn comment(id: &str, author: &str, issue_id: &str) -> Value {
    json!({
        "webhookEvent": "comment_created",
        "comment": { "id": id, "author": { "accountId": author, "accountType": "atlassian" }, "body": "x" },
        "issue": { "id": issue_id, "key": "SUP-1", "fields": { "summary": "x" } },
    })
}

async fn tell(stage: &Stage, token: &str, body: &Value) -> Answer {
    let header = ("authorization", format!("JWT {token}"));
    stage
        .send(
            request(Method::POST, PATH)
                .insert_header(header)
                .set_json(body),
        )
        .await
}

async fn noted(stage: &Stage, of: &Tenant) -> Vec<String> {
    let tx = stage.registry.begin(of.id).await.unwrap();
    let rows = notification::log(&tx, None, None, 10).await.unwrap();
    rows.into_iter().map(|row| row.comment_id).collect()
}

async fn with_an_issue(stage: &Stage) -> Tenant {
    let acme = stage.tenant("acme").await;
    let source = stage.source(&acme).await;
    stage
        .ended_mail(
            &acme,
            source,
            "printer",
            MailState::Delivered,
            Some(("10001", "SUP-1")),
        )
        .await;
    acme
}

#[actix_web::test]
async fn a_comment_on_an_issue_from_mail_is_noted_once() {
    let stage = Stage::new().await;
    let acme = with_an_issue(&stage).await;
    let token = acme.request_token("POST", PATH);
    for _ in 0..2 {
        tell(&stage, &token, &comment("500", jira::AGENT, "10001"))
            .await
            .expect(204);
    }
    assert_eq!(noted(&stage, &acme).await, ["500"]);
    assert_eq!(stage.doorbell.pending().await.unwrap(), 1);
    let log = stage
        .admin(&acme, Method::GET, "/notifications?state=waiting", None)
        .await
        .expect(200)
        .json();
    assert_eq!(log["items"][0]["issue_key"], "SUP-1");
    assert_eq!(log["next"], Value::Null);
}

#[actix_web::test]
async fn our_own_comments_and_other_issues_are_not_noted() {
    let stage = Stage::new().await;
    let acme = with_an_issue(&stage).await;
    let token = acme.request_token("POST", PATH);
    tell(&stage, &token, &comment("1", jira::APP, "10001"))
        .await
        .expect(204);
    tell(&stage, &token, &comment("2", jira::AGENT, "99999"))
        .await
        .expect(204);
    assert!(noted(&stage, &acme).await.is_empty());
}

#[actix_web::test]
async fn another_tenants_issue_is_not_noted() {
    let stage = Stage::new().await;
    let acme = with_an_issue(&stage).await;
    let globex = stage.tenant("globex").await;
    let token = globex.request_token("POST", PATH);
    tell(&stage, &token, &comment("3", jira::AGENT, "10001"))
        .await
        .expect(204);
    assert!(noted(&stage, &acme).await.is_empty() && noted(&stage, &globex).await.is_empty());
}

#[actix_web::test]
async fn a_webhook_needs_a_token_of_this_very_request() {
    let stage = Stage::new().await;
    let acme = with_an_issue(&stage).await;
    let body = comment("500", jira::AGENT, "10001");
    for token in [
        acme.context_token(jira::ADMIN),
        acme.request_token("POST", "/connect/webhooks/comment-created"),
        acme.request_token("POST", "/connect/webhooks/issue-deleted"),
        String::new(),
    ] {
        tell(&stage, &token, &body).await.expect(401);
    }
    stage.set_tenant_state(&acme, TenantState::Disabled).await;
    tell(&stage, &acme.request_token("POST", PATH), &body)
        .await
        .expect(401);
    assert!(noted(&stage, &acme).await.is_empty());
}

#[actix_web::test]
async fn an_event_that_is_none_is_422_and_a_deleted_issue_is_204() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    tell(
        &stage,
        &acme.request_token("POST", PATH),
        &json!({ "comment": 1 }),
    )
    .await
    .expect(422);
    let path = "/connect/webhooks/issue-deleted";
    let header = (
        "authorization",
        format!("JWT {}", acme.request_token("POST", path)),
    );
    let deleted = request(Method::POST, path)
        .insert_header(header)
        .set_json(json!({ "issue": { "id": "1" } }));
    stage.send(deleted).await.expect(204);
}
