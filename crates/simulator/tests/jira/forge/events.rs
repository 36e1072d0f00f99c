use chrono::TimeDelta;
use postroom_clock::Clock;
use postroom_simulator::Options;
use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

use super::backend::bearer;
use crate::{
    attachments::{attach, part},
    world::{World, document, eventually},
};

/// A world whose hours a test moves, with both doors installed: issues are made through Connect.
async fn world() -> (World, Clock) {
    let clock = Clock::system();
    let options = Options {
        clock: clock.clone(),
        ..Options::ephemeral()
    };
    let world = World::with(options).await;
    assert_eq!(world.install("acme").await.status, 200);
    world.install_forge(json!({})).await;
    (world, clock)
}

async fn comment(world: &World, issue: &str, text: &str) {
    let bob = world.account("Bob Agent").await;
    let path = format!("/jira/acme/issues/{issue}/comments");
    let wanted = json!({"account_id": bob, "text": text});
    let made = world.control(Method::POST, &path, Some(wanted)).await;
    assert_eq!(made.status, 201, "{made:?}");
}

async fn events(world: &World, kind: &str, n: usize) -> Vec<Value> {
    eventually(async || {
        let all = world.app.received("/forge/events").into_iter();
        let wanted: Vec<Value> = all
            .map(|one| one.body)
            .filter(|body| body["eventType"] == kind)
            .collect();
        (wanted.len() >= n).then_some(wanted)
    })
    .await
}

async fn deliveries(world: &World, event: &str, n: usize) -> Vec<Value> {
    eventually(async || {
        let all = world
            .control(Method::GET, "/jira/acme/forge/deliveries", None)
            .await;
        let wanted: Vec<Value> = all
            .body
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["event"] == event)
            .cloned()
            .collect();
        (wanted.len() >= n).then_some(wanted)
    })
    .await
}

#[tokio::test]
async fn a_comment_is_told_as_a_document_with_its_issue() {
    let (world, _) = world().await;
    let key = world.issue("Printer").await;
    comment(&world, &key, "It burns").await;
    let event = &events(&world, "avi:jira:commented:issue", 1).await[0];
    let bob = world.account("Bob Agent").await;
    assert_eq!(event["atlassianId"], bob);
    assert_eq!(event["associatedUsers"], json!([{"accountId": bob}]));
    assert_eq!(
        (&event["selfGenerated"], &event["issue"]["key"]),
        (&json!(false), &json!(key))
    );
    let comment = &event["comment"];
    assert_eq!(comment["body"]["type"], "doc");
    assert_eq!(comment["author"]["accountId"], bob);
    assert_eq!(comment["created"], comment["updated"]);
    let fields = event["issue"]["fields"].as_object().unwrap();
    assert!(fields.contains_key("status") && !fields.contains_key("description"));
    let call = world.told("/forge/events", 1).await.pop().unwrap();
    assert_eq!(
        world.verified(bearer(&call)).await["app"]["module"]["key"],
        "events"
    );
    world.stop().await;
}

#[tokio::test]
async fn issues_and_attachments_are_told_from_birth_to_end() {
    let (world, _) = world().await;
    world.app.describe("/scopes", json!(["DELETE"]));
    world.install("acme").await;
    let key = world.issue("One").await;
    let edit = json!({"fields": {"summary": "Two"}});
    let path = format!("/rest/api/3/issue/{key}");
    world.call(Method::PUT, &path, Some(edit)).await;
    let form = Form::new().part("file", part("a.png", b"0123456789"));
    attach(&world, &key, form, Some("no-check")).await;
    let told = &events(&world, "avi:jira:created:attachment", 1).await[0];
    assert_eq!(told["attachment"]["fileName"], "a.png");
    assert_eq!(told["attachment"]["size"], "10");
    world.call(Method::DELETE, &path, None).await;
    events(&world, "avi:jira:created:issue", 1).await;
    let updated = &events(&world, "avi:jira:updated:issue", 1).await[0];
    assert_eq!(updated["changelog"]["items"][0]["toString"], "Two");
    events(&world, "avi:jira:deleted:issue", 1).await;
    world.stop().await;
}

#[tokio::test]
async fn what_the_app_did_itself_is_not_told() {
    let (world, _) = world().await;
    let token = world.system_token().await;
    let issue = json!({"fields": {
        "project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "own"}});
    let made = world
        .gateway(&token, Method::POST, "/rest/api/3/issue", Some(issue))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let other = world.issue("of another").await;
    let told = events(&world, "avi:jira:created:issue", 1).await;
    assert_eq!((told.len(), &told[0]["issue"]["key"]), (1, &json!(other)));
    world.stop().await;
}

#[tokio::test]
async fn an_event_comes_again_four_times_a_minute_apart() {
    let (world, clock) = world().await;
    world
        .app
        .answer("/forge/events", &[500, 401, 404, 302, 503]);
    let key = world.issue("x").await;
    deliveries(&world, "avi:jira:created:issue", 1).await;
    for n in 2..=5 {
        clock.advance(TimeDelta::seconds(61));
        deliveries(&world, "avi:jira:created:issue", n).await;
    }
    clock.advance(TimeDelta::seconds(120));
    comment(&world, &key, "that was all").await;
    let told = world.told("/forge/events", 6).await;
    let told: Vec<Value> = told.into_iter().map(|one| one.body).collect();
    assert_eq!(told[5]["eventType"], "avi:jira:commented:issue");
    let reasons: Vec<_> = told.iter().map(|one| one["retryContext"].clone()).collect();
    let reason =
        |n: u32, reason: &str| json!({"retryCount": n, "retryReason": reason, "retryData": null});
    let remote = "INVALID_REMOTE_INVOCATION_ERROR";
    assert_eq!(
        reasons,
        [
            Value::Null,
            reason(1, remote),
            reason(2, "INVALID_FORGE_INVOCATION_TOKEN"),
            reason(3, remote),
            reason(4, remote),
            Value::Null,
        ]
    );
    let all = deliveries(&world, "avi:jira:created:issue", 5).await;
    assert!(all.iter().all(|one| one["id"] == all[0]["id"]));
    world.stop().await;
}

#[tokio::test]
async fn a_slow_back_end_is_not_waited_for() {
    let (world, _) = world().await;
    world.settings(json!({"forge_timeout_ms": 50})).await;
    world.app.delay("/forge/events", 2_000);
    world.issue("x").await;
    let late = &deliveries(&world, "avi:jira:created:issue", 1).await[0];
    assert_eq!(
        (&late["status"], &late["failure"]),
        (&Value::Null, &json!("TIMEOUT_ERROR"))
    );
    world.stop().await;
}

#[tokio::test]
async fn an_event_that_is_too_large_is_never_sent() {
    let (world, _) = world().await;
    let key = world.issue("x").await;
    // Below Jira's own limit of a text, but not with the settings of this test.
    world.settings(json!({"forge_event_limit": 20_000})).await;
    comment(&world, &key, &"long ".repeat(5_000)).await;
    comment(&world, &key, "short").await;
    let told = events(&world, "avi:jira:commented:issue", 1).await;
    assert_eq!(told.len(), 1);
    let all = deliveries(&world, "avi:jira:commented:issue", 2).await;
    let dropped: Vec<_> = all.iter().filter(|one| one["dropped"] == true).collect();
    assert_eq!((dropped.len(), &dropped[0]["status"]), (1, &Value::Null));
    world.stop().await;
}

#[tokio::test]
async fn an_event_may_come_in_an_envelope() {
    let (world, _) = world().await;
    world.settings(json!({"forge_envelope": "payload"})).await;
    world.issue("x").await;
    let told = world.told("/forge/events", 1).await;
    assert_eq!(
        told[0].body["payload"]["eventType"],
        "avi:jira:created:issue"
    );
    assert!(told[0].body.get("eventType").is_none());
    world.stop().await;
}

#[tokio::test]
async fn an_edited_comment_has_another_time_of_its_update() {
    let (world, clock) = world().await;
    let key = world.issue("x").await;
    comment(&world, &key, "first").await;
    let first = events(&world, "avi:jira:commented:issue", 1)
        .await
        .remove(0);
    clock.advance(TimeDelta::seconds(2));
    let id = first["comment"]["id"].as_str().unwrap();
    let path = format!("/rest/api/3/issue/{key}/comment/{id}");
    let edit = json!({"body": document("second")});
    assert_eq!(world.call(Method::PUT, &path, Some(edit)).await.status, 200);
    let edited = &events(&world, "avi:jira:commented:issue", 2).await[1]["comment"];
    assert_eq!(edited["created"], first["comment"]["created"]);
    assert_ne!(edited["updated"], edited["created"]);
    world.stop().await;
}

#[tokio::test]
async fn the_last_call_can_come_twice_with_another_token() {
    let (world, _) = world().await;
    world.issue("x").await;
    deliveries(&world, "avi:jira:created:issue", 1).await;
    let again = world.forge("/redeliver", json!({"n": 1})).await;
    assert_eq!(again.body["statuses"], json!([204]));
    let told = world.told("/forge/events", 2).await;
    assert_eq!(told[0].body, told[1].body);
    assert_ne!(bearer(&told[0]), bearer(&told[1]));
    world.stop().await;
}
