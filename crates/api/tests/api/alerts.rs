//! Where a site wants to be told of trouble, and what it was told.

use actix_web::http::Method;
use postroom_registry::connection::{ConnectionState, Event, StateDetail, Verdict};
use postroom_registry::source;
use serde_json::{Value, json};
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::support::{Answer, Stage, book::Tenant};

async fn create(stage: &Stage, of: &Tenant, body: Value) -> Answer {
    stage
        .admin(of, Method::POST, "/alert-channels", Some(body))
        .await
}

#[actix_web::test]
async fn a_channel_leads_only_where_the_operator_lets_it() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    for target in [
        "http://hooks.slack.com/services/x",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/?https://hooks.slack.com/",
        "https://hooks.slack.com@evil.example/x",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "file:///etc/passwd",
        "hooks.slack.com/services/x",
        "",
    ] {
        let body =
            json!({ "kind": "webhook", "name": "Chat", "target": target, "format": "slack" });
        let refused = create(&stage, &acme, body).await.expect(422).json();
        assert_eq!(refused["error"]["field"], "target", "{target}");
    }
    for target in ["nobody", "a@b\r\nBcc: c@d", ""] {
        let body = json!({ "kind": "mail", "name": "Ops", "target": target });
        let refused = create(&stage, &acme, body).await.expect(422).json();
        assert_eq!(refused["error"]["field"], "target", "{target}");
    }
    let listed = stage
        .admin(&acme, Method::GET, "/alert-channels", None)
        .await;
    assert_eq!(listed.expect(200).json(), json!({ "items": [] }));
}

#[actix_web::test]
async fn a_channel_never_shows_its_secret() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let secret = "https://hooks.slack.com/services/T0/B0/verysecret";
    let body = json!({ "kind": "webhook", "name": "Chat", "target": secret, "format": "slack" });
    let made = create(&stage, &acme, body).await.expect(201).json();
    assert_eq!(made["target"], "https://hooks.slack.com/\u{2026}");
    let id = made["id"].as_str().unwrap();
    let path = format!("/alert-channels/{id}");
    let other =
        json!({ "target": "https://hooks.slack.com/services/T0/B0/othersecret", "enabled": false });
    let changed = stage.admin(&acme, Method::PATCH, &path, Some(other)).await;
    assert_eq!(changed.expect(200).json()["enabled"], false);
    for path in ["/alert-channels", "/audit", "/incidents"] {
        let shown = stage.admin(&acme, Method::GET, path, None).await;
        assert!(!shown.text.contains("secret"), "{path} {}", shown.text);
    }
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(204);
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(404);
}

#[actix_web::test]
async fn a_test_says_what_the_chat_tool_answers() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let target = format!("{}/chat/ops", stage.microsoft.uri());
    let body = json!({ "kind": "webhook", "name": "Chat", "target": target, "format": "slack" });
    let made = create(&stage, &acme, body).await.expect(201).json();
    let path = format!("/alert-channels/{}/test", made["id"].as_str().unwrap());
    let test = async || {
        let answer = stage.admin(&acme, Method::POST, &path, None).await;
        answer.expect(200).json()
    };
    let refused = test().await;
    assert!(refused["last_error"].is_string(), "{refused}");
    assert!(refused["last_sent_at"].is_null(), "{refused}");
    Mock::given(matchers::method("POST"))
        .and(matchers::path("/chat/ops"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&stage.microsoft)
        .await;
    let sent = test().await;
    assert!(sent["last_error"].is_null(), "{sent}");
    assert!(sent["last_sent_at"].is_string(), "{sent}");
    let asked = stage.microsoft.received_requests().await.unwrap();
    let body: Value = serde_json::from_slice(&asked.last().unwrap().body).unwrap();
    assert!(body["text"].as_str().unwrap().contains("test"), "{body}");
}

#[actix_web::test]
async fn trouble_is_an_incident_until_it_is_over() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    stage.alert_channel(&acme).await;
    let id = stage.source(&acme).await;
    let happens = async |event: Event| {
        stage.clock.advance(chrono::TimeDelta::seconds(1));
        let tx = stage.registry.begin(acme.id).await.unwrap();
        source::apply(&tx, id, &event).await.unwrap();
        tx.commit().await.unwrap();
    };
    let detail = StateDetail {
        error_code: Some("AADSTS50173".into()),
        meaning: Some("The sessions were revoked.".into()),
        ..StateDetail::default()
    };
    happens(Event::Failed(Verdict {
        state: ConnectionState::NeedsSignIn,
        detail,
    }))
    .await;
    let incidents = async |query: &str| {
        let path = format!("/incidents{query}");
        let answer = stage.admin(&acme, Method::GET, &path, None).await;
        answer.expect(200).json()["items"].clone()
    };
    let open = incidents("?open=true").await;
    assert_eq!(open.as_array().unwrap().len(), 1, "{open}");
    assert_eq!(open[0]["kind"], "state");
    assert_eq!(open[0]["subject"]["id"], id.to_string());
    assert_eq!(open[0]["subject"]["name"], "ann@contoso.example");
    assert!(open[0]["sentence"].as_str().unwrap().contains("revoked"));
    assert_eq!(open[0]["alerts"][0]["phase"], "opened");
    assert_eq!(open[0]["alerts"][0]["state"], "waiting");
    let overview = stage.admin(&acme, Method::GET, "/overview", None).await;
    let needs = overview.expect(200).json()["needs"].clone();
    assert_eq!(needs.as_array().unwrap().len(), 1, "{needs}");

    happens(Event::SignedIn).await;
    assert_eq!(incidents("?open=true").await, json!([]));
    let over = incidents("?open=false").await;
    assert!(over[0]["closed_at"].is_string(), "{over}");
    let history = stage
        .admin(&acme, Method::GET, &format!("/sources/{id}/history"), None)
        .await
        .expect(200)
        .json();
    let states: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["state"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states, ["active", "needs_sign_in", "active"]);
    assert!(history["items"][0]["until"].is_null());
}
