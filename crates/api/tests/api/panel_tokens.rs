//! Whose token the panel's API takes, and what an administrator is.

use actix_web::http::Method;
use jsonwebtoken::Algorithm;
use postroom_registry::tenant::TenantState;
use serde_json::json;
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{method, path},
};

use crate::support::{Stage, book::Tenant, get, jira, tokens};

#[actix_web::test]
async fn me_says_who_asks_and_on_which_site() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let me = stage
        .admin(&acme, Method::GET, "/me", None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        me,
        json!({
            "account_id": jira::ADMIN, "site_url": "https://jira.acme.example",
            "site_name": "jira.acme.example", "is_admin": true, "role": "administrator",
        })
    );
    let agent = stage
        .panel(&acme.context_token(jira::AGENT), Method::GET, "/me", None)
        .await;
    let agent = agent.expect(200).json();
    assert_eq!(
        (&agent["is_admin"], &agent["role"]),
        (&json!(false), &json!("none"))
    );
}

#[actix_web::test]
async fn other_tokens_are_401() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let forged = Tenant {
        id: acme.id,
        client_key: "acme".into(),
        secret: globex.secret.clone(),
    };
    let unknown = Tenant {
        id: acme.id,
        client_key: "nobody".into(),
        secret: "x".into(),
    };
    let mut old = tokens::claims("acme", "context-qsh");
    old["sub"] = json!(jira::ADMIN);
    let with = |field: &str, value: serde_json::Value| {
        let mut claims = old.clone();
        claims[field] = value;
        tokens::hs(Algorithm::HS256, &acme.secret, &claims)
    };
    for (what, token) in [
        ("expired", with("exp", json!(1))),
        ("from the future", with("iat", json!(9_999_999_999_u64))),
        ("nobody's", with("sub", json!(""))),
        ("foreign tenant", forged.context_token(jira::ADMIN)),
        ("unknown tenant", unknown.context_token(jira::ADMIN)),
        ("page token", acme.request_token("GET", "/panel")),
        (
            "bound to this very request",
            acme.request_token("GET", "/api/v1/me"),
        ),
        ("HS384", tokens::hs(Algorithm::HS384, &acme.secret, &old)),
        ("rubbish", "a.b.c".to_owned()),
    ] {
        let answer = stage.panel(&token, Method::GET, "/me", None).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
    }
    let in_query = get(&format!(
        "/api/v1/me?jwt={}",
        acme.context_token(jira::ADMIN)
    ));
    stage.send(in_query).await.expect(401);
    let bearer = format!("Bearer {}", acme.context_token(jira::ADMIN));
    stage
        .send(get("/api/v1/me").insert_header(("authorization", bearer)))
        .await
        .expect(401);
}

#[actix_web::test]
async fn a_token_signed_with_the_secret_before_is_good_for_five_minutes() {
    let stage = Stage::new().await;
    let before = stage.tenant("acme").await;
    let installation = postroom_registry::tenant::Installation {
        client_key: "acme".into(),
        cloud_id: None,
        site_url: stage.jira.uri(),
        display_url: None,
        shared_secret: "new".into(),
        issued_at: stage.clock.now() + chrono::TimeDelta::seconds(1),
    };
    stage.registry.install(&installation).await.unwrap();
    stage
        .admin(&before, Method::GET, "/me", None)
        .await
        .expect(200);
    stage.clock.advance(chrono::TimeDelta::minutes(6));
    let mut claims = tokens::claims("acme", "context-qsh");
    claims["sub"] = json!(jira::ADMIN);
    claims["exp"] = json!(stage.clock.now().timestamp() + 60);
    let token = tokens::hs(Algorithm::HS256, &before.secret, &claims);
    stage
        .panel(&token, Method::GET, "/me", None)
        .await
        .expect(401);
    let token = tokens::hs(Algorithm::HS256, "new", &claims);
    stage
        .panel(&token, Method::GET, "/me", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn a_site_that_removed_the_app_has_no_panel() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    stage
        .set_tenant_state(&acme, TenantState::Uninstalled)
        .await;
    stage
        .admin(&acme, Method::GET, "/sources", None)
        .await
        .expect(401);
}

#[actix_web::test]
async fn jira_is_asked_once_a_minute_who_administers_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    for _ in 0..3 {
        stage
            .admin(&acme, Method::GET, "/sources", None)
            .await
            .expect(200);
    }
    let asked = stage.jira.received_requests().await.unwrap();
    let checks = asked
        .iter()
        .filter(|it| it.url.path().ends_with("/permissions/check"))
        .count();
    assert_eq!(checks, 1);
}

#[actix_web::test]
async fn while_jira_is_down_nobody_is_an_administrator() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    stage.jira.reset().await;
    Mock::given(method("POST"))
        .and(path("/rest/api/3/permissions/check"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&stage.jira)
        .await;
    let answer = stage
        .admin(&acme, Method::GET, "/sources", None)
        .await
        .expect(502);
    assert_eq!(answer.code(), "jira_unavailable");
    jira::serve(&stage.jira).await;
    stage.jira.reset().await;
    jira::serve(&stage.jira).await;
    stage
        .admin(&acme, Method::GET, "/sources", None)
        .await
        .expect(200);
}
