use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::listener::{Listener, reader, subscribe, wanted};
use crate::world::{SUPPORT, World, mail};

async fn events(listener: &Listener, count: usize) -> Vec<String> {
    let heard = listener.heard(count).await;
    let name = |one: &Value| {
        one["lifecycleEvent"]
            .as_str()
            .unwrap_or("a change")
            .to_owned()
    };
    heard.iter().map(name).collect()
}

#[tokio::test]
async fn an_access_that_ends_must_be_renewed() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let made = subscribe(&graph, &wanted(&listener, &json!({}))).await;
    world.clock.advance(TimeDelta::minutes(90));
    assert_eq!(events(&listener, 1).await, ["reauthorizationRequired"]);
    world.drop_mail(SUPPORT, mail("not told")).await;
    let again = reader(&world).await;
    let path = format!(
        "/subscriptions/{}/reauthorize",
        made["id"].as_str().unwrap()
    );
    while world.look("/microsoft/subscriptions").await[0]["has_missed"] == false {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        again
            .ask(Method::POST, &path)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(
        events(&listener, 2).await,
        ["reauthorizationRequired", "missed"]
    );
    world.drop_mail(SUPPORT, mail("told")).await;
    assert_eq!(events(&listener, 3).await[2], "a change");
    listener.stop().await;
}

#[tokio::test]
async fn a_revoked_user_loses_the_subscription_and_hears_of_it() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let made = subscribe(&graph, &wanted(&listener, &json!({}))).await;
    let path = format!("/microsoft/users/{SUPPORT}/revoke");
    world.control(Method::POST, &path, &Value::Null).await;
    let heard = listener.heard(1).await;
    assert_eq!(heard[0]["lifecycleEvent"], "subscriptionRemoved");
    assert_eq!(
        (&heard[0]["subscriptionId"], &heard[0]["clientState"]),
        (&made["id"], &json!("our secret"))
    );
    assert_eq!(world.look("/microsoft/subscriptions").await, json!([]));
    listener.stop().await;
}

#[tokio::test]
async fn every_event_can_be_asked_for() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let made = subscribe(&graph, &wanted(&listener, &json!({}))).await;
    let path = format!(
        "/microsoft/subscriptions/{}/lifecycle",
        made["id"].as_str().unwrap()
    );
    let names = ["missed", "reauthorizationRequired", "subscriptionRemoved"];
    for (place, name) in names.iter().enumerate() {
        world
            .control(Method::POST, &path, &json!({ "event": name }))
            .await;
        assert_eq!(events(&listener, place + 1).await[place], *name);
    }
    assert_eq!(world.look("/microsoft/subscriptions").await, json!([]));
    listener.stop().await;
}
