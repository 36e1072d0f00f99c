//! Pings, the test mail, and what they prove.

use actix_web::http::Method;
use postroom_registry::{
    connection::{ConnectionState, Event, Verdict},
    source,
};
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{header, method, path, path_regex},
};

use crate::support::{Stage, book::Tenant, entra};

async fn needs_sign_in(stage: &Stage, of: &Tenant) -> postroom_registry::SourceId {
    let id = stage.source(of).await;
    let tx = stage.registry.begin(of.id).await.unwrap();
    let refused = Event::Failed(Verdict {
        state: ConnectionState::Refused,
        detail: Default::default(),
    });
    source::apply(&tx, id, &refused).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn state_of(stage: &Stage, of: &Tenant, id: postroom_registry::SourceId) -> ConnectionState {
    let tx = stage.registry.begin(of.id).await.unwrap();
    source::find(&tx, id).await.unwrap().state
}

async fn fails_with(stage: &Stage, at: &str, status: u16, body: Value) {
    Mock::given(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(&stage.microsoft)
        .await;
}

#[actix_web::test]
async fn a_green_ping_makes_a_refused_source_active() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = needs_sign_in(&stage, &acme).await;
    entra::serve_mailbox(&stage.microsoft).await;
    let ping = stage
        .admin(&acme, Method::POST, &format!("/sources/{id}/ping"), None)
        .await
        .expect(200)
        .json();
    assert_eq!(ping["ok"], true, "{ping}");
    let rights: Vec<_> = ping["rights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["right"].as_str().unwrap())
        .collect();
    assert_eq!(rights, ["token", "mailbox", "read", "write", "send"]);
    assert_eq!(state_of(&stage, &acme, id).await, ConnectionState::Active);
}

#[actix_web::test]
async fn a_denied_mailbox_is_refused_and_a_slow_graph_changes_nothing() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    let path = format!("/sources/{id}/ping");
    Mock::given(path_regex("^/v1.0/me"))
        .respond_with(ResponseTemplate::new(429))
        .mount(&stage.microsoft)
        .await;
    let slow = stage
        .admin(&acme, Method::POST, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(slow["ok"], false);
    assert_eq!(state_of(&stage, &acme, id).await, ConnectionState::Active);

    stage.microsoft.reset().await;
    let denied = json!({ "error": { "code": "ErrorAccessDenied", "message": "x" } });
    fails_with(&stage, "/v1.0/me/mailFolders/inbox-id", 403, denied).await;
    entra::serve_mailbox(&stage.microsoft).await;
    let ping = stage
        .admin(&acme, Method::POST, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&ping["ok"], &ping["rights"][1]["ok"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(state_of(&stage, &acme, id).await, ConnectionState::Refused);
}

#[actix_web::test]
async fn an_ended_grant_needs_a_sign_in_and_our_own_secret_is_ours() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let sources = [stage.source(&acme).await, stage.source(&acme).await];
    stage.clock.advance(chrono::TimeDelta::hours(2));
    let mut later = crate::support::tokens::claims(&acme.client_key, "context-qsh");
    later["sub"] = json!(crate::support::jira::ADMIN);
    later["exp"] = json!(stage.clock.now().timestamp() + 60);
    let token = crate::support::tokens::hs(jsonwebtoken::Algorithm::HS256, &acme.secret, &later);
    for (id, (error, code, state)) in sources.into_iter().zip([
        ("invalid_grant", 50_173, ConnectionState::NeedsSignIn),
        ("invalid_client", 7_000_222, ConnectionState::Ours),
    ]) {
        stage.microsoft.reset().await;
        let body = json!({ "error": error, "error_codes": [code], "error_description": "x" });
        fails_with(&stage, "/organizations/oauth2/v2.0/token", 400, body).await;
        let path = format!("/sources/{id}/ping");
        let ping = stage
            .panel(&token, Method::POST, &path, None)
            .await
            .expect(200)
            .json();
        let right = &ping["rights"][0];
        assert_eq!(
            (&right["ok"], &ping["rights"][1]["skipped"]),
            (&json!(false), &json!(true))
        );
        assert!(
            right["detail"]
                .as_str()
                .unwrap()
                .contains(&format!("AADSTS{code}")),
            "{right}"
        );
        assert_eq!(state_of(&stage, &acme, id).await, state);
    }
}

#[actix_web::test]
async fn a_ping_of_an_outbound_and_a_test_mail() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.outbound(&acme).await;
    entra::serve_mailbox(&stage.microsoft).await;
    Mock::given(method("POST"))
        .and(path("/v1.0/me/sendMail"))
        .respond_with(ResponseTemplate::new(202))
        // Once by the ping, with a mail that nobody could send, to see whether it is the right that is missing.
        .expect(2)
        .mount(&stage.microsoft)
        .await;
    let ping = stage
        .admin(&acme, Method::POST, &format!("/outbounds/{id}/ping"), None)
        .await
        .expect(200)
        .json();
    assert_eq!(ping["ok"], true, "{ping}");
    let path = format!("/outbounds/{id}/test");
    let sent = stage
        .admin(
            &acme,
            Method::POST,
            &path,
            Some(json!({ "to": "carl@customer.example" })),
        )
        .await;
    let message_id = sent.expect(200).json()["message_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(message_id.ends_with("@contoso.example"), "{message_id}");
    for to in ["", "nobody", "a@b\r\nBcc: c@d"] {
        let refused = stage
            .admin(&acme, Method::POST, &path, Some(json!({ "to": to })))
            .await
            .expect(422);
        assert_eq!(refused.json()["error"]["field"], "to", "{to:?}");
    }
}

#[actix_web::test]
async fn an_access_token_that_ended_early_is_replaced_before_anybody_is_bothered() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let id = stage.source(&acme).await;
    Mock::given(path_regex("^/v1.0/me"))
        .and(header("authorization", "Bearer access"))
        .respond_with(ResponseTemplate::new(401))
        .with_priority(1)
        .mount(&stage.microsoft)
        .await;
    let fresh = json!({
        "token_type": "Bearer", "expires_in": 4200, "scope": "User.Read Mail.ReadWrite", "access_token": "fresh",
    });
    Mock::given(path("/organizations/oauth2/v2.0/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(fresh))
        .expect(1)
        .mount(&stage.microsoft)
        .await;
    entra::serve_mailbox(&stage.microsoft).await;
    let path = format!("/sources/{id}/ping");
    let ping = stage
        .admin(&acme, Method::POST, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(ping["ok"], true, "{ping}");
    assert_eq!(state_of(&stage, &acme, id).await, ConnectionState::Active);
}
