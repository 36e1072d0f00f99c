//! What nobody honest sends: each answer is a refusal, and none our fault.

use actix_web::http::Method;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Algorithm;
use serde_json::json;

use crate::support::{Stage, book::Tenant, get, request, tokens};

fn of(client_key: &str) -> Tenant {
    Tenant {
        id: postroom_registry::TenantId(uuid::Uuid::nil()),
        client_key: client_key.to_owned(),
        secret: "x".to_owned(),
    }
}

#[actix_web::test]
async fn a_site_by_a_name_that_nobody_can_have_is_a_stranger() {
    let stage = Stage::new().await;
    for name in ["a\0b", "\0", "\u{7}", &"x".repeat(300)] {
        let stranger = of(name);
        stage
            .admin(&stranger, Method::GET, "/me", None)
            .await
            .expect(401);
        let token = stranger.request_token("GET", "/panel");
        stage
            .send(get(&format!("/panel?jwt={token}")))
            .await
            .expect(401);
        let hook = "/connect/webhooks/comment-created";
        let token = stranger.request_token("POST", hook);
        let told =
            request(Method::POST, hook).insert_header(("authorization", format!("JWT {token}")));
        stage.send(told.set_json(json!({}))).await.expect(401);
    }
}

#[actix_web::test]
async fn an_account_that_nobody_can_have_is_a_stranger() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let mut claims = tokens::claims(&acme.client_key, "context-qsh");
    claims["sub"] = json!("a\0b");
    let token = tokens::hs(Algorithm::HS256, &acme.secret, &claims);
    stage
        .panel(&token, Method::GET, "/me", None)
        .await
        .expect(401);
}

#[actix_web::test]
async fn a_ticket_that_nobody_can_have_opens_nothing() {
    let stage = Stage::new().await;
    for path in [
        "/microsoft/sign-in/%00",
        "/microsoft/confirm?ticket=%00",
        "/microsoft/callback?state=%00&code=x",
    ] {
        let answer = stage.send(get(path)).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
}

#[actix_web::test]
async fn a_comment_with_ids_that_nothing_has_is_no_comment() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    stage.forge_tenant("globex").await;
    for (comment, issue, key) in [("a\0b", "1", "A-1"), ("1", "a\0", "A-1"), ("1", "1", "\0")] {
        let hook = "/connect/webhooks/comment-created";
        let token = acme.request_token("POST", hook);
        let body = json!({
            "comment": { "id": comment, "author": { "accountId": "x" } }, "issue": { "id": issue, "key": key },
        });
        let told =
            request(Method::POST, hook).insert_header(("authorization", format!("JWT {token}")));
        stage.send(told.set_json(body)).await.expect(422);
        let event = json!({
            "eventType": "avi:jira:commented:issue", "issue": { "id": issue, "key": key },
            "comment": { "id": comment, "author": { "accountId": "x" } },
        });
        stage
            .tell("globex", "/forge/events", event)
            .await
            .expect(422);
    }
}

#[actix_web::test]
async fn a_page_before_all_time_is_empty() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let cursor = "-8000000000000000000/00000000-0000-0000-0000-000000000000";
    let cursor = URL_SAFE_NO_PAD.encode(cursor);
    for list in ["/mails", "/notifications"] {
        let path = format!("{list}?before={cursor}");
        let page = stage
            .admin(&acme, Method::GET, &path, None)
            .await
            .expect(200);
        assert_eq!(page.json()["items"], json!([]));
    }
}

#[actix_web::test]
async fn made_up_methods_are_one_series() {
    let stage = Stage::new().await;
    for n in 0..20 {
        let method = Method::from_bytes(format!("X{n}").as_bytes()).unwrap();
        stage.send(request(method, "/nothing")).await;
    }
    stage.send(request(Method::OPTIONS, "/nothing")).await;
    let metrics = stage.send_inside(get("/metrics")).await.expect(200).text;
    assert!(!metrics.contains("\"X1\""), "{metrics}");
    assert!(
        metrics.contains("\"_OTHER\"") && metrics.contains("\"OPTIONS\""),
        "{metrics}"
    );
}
