use chrono::TimeDelta;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::listener::{Listener, reader, subscribe, wanted};
use crate::world::{World, mail};

#[tokio::test]
async fn a_subscription_is_made_shown_renewed_and_deleted() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let made = subscribe(&graph, &wanted(&listener, &json!({}))).await;
    assert_eq!(made["expirationDateTime"], "2026-11-26T12:00:00.000Z");
    let path = format!("/subscriptions/{}", made["id"].as_str().unwrap());
    assert_eq!(graph.get(&path).await["clientState"], "our secret");
    assert_eq!(
        graph.get("/subscriptions").await["value"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let later = json!({ "expirationDateTime": "2026-11-27T12:00:00Z" });
    let renewed = graph
        .json(graph.ask(Method::PATCH, &path).json(&later))
        .await;
    assert_eq!(renewed["expirationDateTime"], "2026-11-27T12:00:00.000Z");
    let deleted = graph.ask(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    assert_eq!(
        graph.refused(graph.ask(Method::GET, &path)).await,
        (404, "ResourceNotFound".into())
    );
    listener.stop().await;
}

#[rstest]
#[case::too_far("expirationDateTime", json!("2026-12-01T12:00:01Z"), 400)]
#[case::past("expirationDateTime", json!("2026-11-24T11:59:59Z"), 400)]
#[case::no_kind("changeType", json!("moved"), 400)]
#[case::long_state("clientState", json!("x".repeat(129)), 400)]
#[case::plain_http("notificationUrl", json!("http://postroom.example/notify"), 400)]
#[case::nobody_there("notificationUrl", json!("http://127.0.0.1:9/notify"), 400)]
#[case::no_resource("resource", json!("me/events"), 400)]
#[case::no_folder("resource", json!("me/mailFolders/nothing/messages"), 404)]
#[case::not_own("resource", json!("users/ann@contoso.example/messages"), 403)]
#[case::rich("includeResourceData", json!(true), 400)]
#[tokio::test]
async fn what_graph_refuses_is_refused(
    #[case] name: &str,
    #[case] value: Value,
    #[case] status: u16,
) {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let body = wanted(&listener, &json!({ name: value }));
    let request = graph.ask(Method::POST, "/subscriptions").json(&body);
    assert_eq!(graph.refused(request).await.0, status);
    assert_eq!(world.look("/microsoft/subscriptions").await, json!([]));
    listener.stop().await;
}

#[tokio::test]
async fn a_short_life_is_made_longer_and_ends() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let short = json!({ "expirationDateTime": "2026-11-24T12:01:00Z" });
    let made = subscribe(&graph, &wanted(&listener, &short)).await;
    assert_eq!(made["expirationDateTime"], "2026-11-24T12:45:00.000Z");
    world.clock.advance(TimeDelta::minutes(46));
    let mut left = world.look("/microsoft/subscriptions").await;
    while left != json!([]) {
        tokio::task::yield_now().await;
        left = world.look("/microsoft/subscriptions").await;
    }
    listener.stop().await;
}

#[tokio::test]
async fn the_token_must_come_back_decoded_and_a_failed_handshake_can_be_asked_for() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let body = wanted(&listener, &json!({}));
    let ask = || graph.ask(Method::POST, "/subscriptions").json(&body);
    let settings = json!({ "fail_validations": 1 });
    world
        .control(Method::POST, "/microsoft/notifications", &settings)
        .await;
    assert_eq!(graph.refused(ask()).await, (400, "ValidationError".into()));
    graph.json(ask()).await;
    listener.leave_the_token_encoded();
    assert_eq!(graph.refused(ask()).await, (400, "ValidationError".into()));
    world.drop_mail(crate::world::SUPPORT, mail("x")).await;
    assert_eq!(listener.heard(1).await.len(), 1);
    listener.stop().await;
}
