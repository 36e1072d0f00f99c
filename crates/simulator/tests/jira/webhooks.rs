use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::Received,
    world::{World, claims, eventually, qsh},
};

async fn comment(world: &World, issue: &str, text: &str) {
    let bob = world.account("Bob Agent").await;
    let path = format!("/jira/acme/issues/{issue}/comments");
    let wanted = json!({"account_id": bob, "text": text});
    let made = world.control(Method::POST, &path, Some(wanted)).await;
    assert_eq!(made.status, 201, "{made:?}");
}

/// The webhooks on a path, when there are `n`.
async fn hooks(world: &World, path: &str, n: usize) -> Vec<Received> {
    eventually(async || Some(world.app.received(path)).filter(|all| all.len() >= n)).await
}

#[tokio::test]
async fn a_comment_is_told_signed_and_in_short() {
    let world = World::installed().await;
    let key = world.issue("Printer").await;
    comment(&world, &key, "It *burns*\n\nHelp").await;
    let hook = &hooks(&world, "/hook", 1).await[0];
    let bob = world.account("Bob Agent").await;
    let user = bob.replace(':', "%3A");
    assert_eq!(hook.query, format!("user_id={user}&user_key={user}"));
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let signed = format!("/hook?{}", hook.query);
    assert_eq!(claims(hook.token(), &secret)["qsh"], qsh("POST", &signed));
    let body = &hook.body;
    assert_eq!(body["webhookEvent"], "comment_created");
    assert_eq!(body["comment"]["body"], "It *burns*\n\nHelp");
    assert_eq!(body["comment"]["author"]["accountId"], bob.as_str());
    assert_eq!(body["comment"]["author"]["accountType"], "atlassian");
    assert_eq!(body["issue"]["key"], key.as_str());
    let fields: Vec<&String> = body["issue"]["fields"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(fields.len(), 6, "{fields:?}");
    assert!(hook.headers.contains_key("x-atlassian-webhook-identifier"));
    assert_eq!(hook.headers["x-atlassian-webhook-flow"], "Primary");
    assert!(!hook.headers.contains_key("x-atlassian-webhook-retry"));
    world.stop().await;
}

#[tokio::test]
async fn a_webhook_is_tried_again_under_the_same_identifier() {
    let world = World::installed().await;
    world.settings(json!({"webhook_retry_ms": 1})).await;
    let key = world.issue("x").await;
    world.app.answer("/hook", &[503, 429, 200, 400]);
    comment(&world, &key, "first").await;
    comment(&world, &key, "second").await;
    comment(&world, &key, "third").await;
    let hooks = hooks(&world, "/hook", 5).await;
    let text = |hook: &Received| hook.body["comment"]["body"].as_str().unwrap().to_owned();
    let order: Vec<String> = hooks.iter().map(text).collect();
    assert_eq!(
        order,
        ["first", "first", "first", "second", "third"],
        "400 is final"
    );
    let identifier = |at: usize| hooks[at].headers["x-atlassian-webhook-identifier"].clone();
    assert_eq!(identifier(0), identifier(2));
    assert_ne!(identifier(2), identifier(3));
    assert_eq!(hooks[2].headers["x-atlassian-webhook-retry"], "2");
    world.stop().await;
}

#[tokio::test]
async fn the_last_webhooks_can_be_sent_again_or_lost() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    world.settings(json!({"lose_webhooks": 1})).await;
    comment(&world, &key, "lost").await;
    comment(&world, &key, "arrives").await;
    hooks(&world, "/hook", 1).await;
    let deliveries = eventually(async || {
        let list = world
            .control(Method::GET, "/jira/acme/webhooks", None)
            .await
            .body;
        (list.as_array().unwrap().len() == 2).then_some(list)
    })
    .await;
    assert_eq!(
        (&deliveries[0]["lost"], &deliveries[0]["status"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(deliveries[1]["status"], 204);
    let again = world
        .control(
            Method::POST,
            "/jira/acme/webhooks/redeliver",
            Some(json!({"n": 1})),
        )
        .await;
    assert_eq!(again.body["identifiers"][0], deliveries[1]["identifier"]);
    let hooks = hooks(&world, "/hook", 2).await;
    let identifier = |at: usize| hooks[at].headers["x-atlassian-webhook-identifier"].clone();
    assert_eq!(identifier(0), identifier(1));
    world.stop().await;
}

#[tokio::test]
async fn a_deleted_issue_is_told_whole() {
    let world = World::start().await;
    world.app.describe("/scopes", json!(["DELETE"]));
    world.install("acme").await;
    let key = world.issue("Gone").await;
    world
        .call(Method::DELETE, &format!("/rest/api/3/issue/{key}"), None)
        .await;
    let hook = &hooks(&world, "/deleted", 1).await[0];
    assert_eq!(hook.body["webhookEvent"], "jira:issue_deleted");
    assert_eq!(hook.body["issue"]["fields"]["summary"], "Gone");
    assert_eq!(hook.body["user"]["accountType"], "app");
    world.stop().await;
}
