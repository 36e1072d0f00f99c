use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::listener::{Listener, attempts, reader, subscribe, wanted};
use crate::world::{SUPPORT, World, mail};

#[tokio::test]
async fn what_comes_changes_and_leaves_is_told() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let made = subscribe(&graph, &wanted(&listener, &json!({}))).await;
    let id = world.drop_mail(SUPPORT, mail("x")).await;
    listener.heard(1).await;
    let path = format!("/me/messages/{id}");
    graph
        .json(
            graph
                .ask(Method::PATCH, &path)
                .json(&json!({ "isRead": true })),
        )
        .await;
    listener.heard(2).await;
    graph.ask(Method::DELETE, &path).send().await.unwrap();
    let heard = listener.heard(3).await;
    let kinds: Vec<_> = heard
        .iter()
        .map(|one| one["changeType"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["created", "updated", "deleted"]);
    let first = &heard[0];
    assert_eq!(
        (&first["clientState"], &first["subscriptionId"]),
        (&json!("our secret"), &made["id"])
    );
    assert_eq!(first["tenantId"], "c0a70500-0000-4000-8000-000000000001");
    assert_eq!(
        first["resourceData"]["id"],
        json!(id),
        "immutable, as at the subscription"
    );
    assert_eq!(
        first["resourceData"]["@odata.type"],
        "#Microsoft.Graph.Message"
    );
    assert!(first["resource"].as_str().unwrap().starts_with("Users/"));
    listener.stop().await;
}

#[tokio::test]
async fn other_folders_and_kinds_are_not_told() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    let created = wanted(&listener, &json!({ "changeType": "created" }));
    subscribe(&graph, &created).await;
    let url = format!(
        "{}/microsoft/mailboxes/{SUPPORT}/mails?folder=archive",
        world.simulator.control_url()
    );
    world
        .http
        .post(url)
        .body(mail("elsewhere"))
        .send()
        .await
        .unwrap();
    let first = world.drop_mail(SUPPORT, mail("one")).await;
    listener.heard(1).await;
    let read = graph.ask(Method::PATCH, &format!("/me/messages/{first}"));
    graph.json(read.json(&json!({ "isRead": true }))).await;
    let second = world.drop_mail(SUPPORT, mail("two")).await;
    let heard = listener.heard(2).await;
    let ids: Vec<_> = heard
        .iter()
        .map(|one| one["resourceData"]["id"].clone())
        .collect();
    assert_eq!(ids, [json!(first), json!(second)]);
    listener.stop().await;
}

#[tokio::test]
async fn what_is_not_taken_comes_again_and_four_hours_later_it_is_missed() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    subscribe(&graph, &wanted(&listener, &json!({}))).await;
    listener.answer_with(500);
    world.drop_mail(SUPPORT, mail("x")).await;
    assert_eq!(attempts(&world, 1).await[0]["status"], 500);
    listener.answer_with(0);
    world.clock.advance(TimeDelta::seconds(11));
    let told = attempts(&world, 2).await;
    assert_eq!(
        (&told[1]["status"], &told[1]["attempt"]),
        (&json!(202), &json!(1))
    );
    listener.answer_with(500);
    world.drop_mail(SUPPORT, mail("y")).await;
    // Each wait is twice as long as the one before; ten of them fill four hours.
    let mut wait = 10;
    for attempt in 0..10 {
        attempts(&world, 3 + attempt).await;
        world.clock.advance(TimeDelta::seconds(wait + 1));
        wait *= 2;
    }
    let mut heard = Vec::new();
    while !heard
        .iter()
        .any(|one: &Value| one["lifecycleEvent"] == "missed")
    {
        heard = listener.heard(heard.len()).await;
        tokio::task::yield_now().await;
    }
    listener.stop().await;
}

#[tokio::test]
async fn notifications_are_lost_and_forged_when_asked_for() {
    let world = World::start().await;
    let listener = Listener::start();
    let graph = reader(&world).await;
    subscribe(&graph, &wanted(&listener, &json!({}))).await;
    let settings = json!({ "drop": 1 });
    world
        .control(Method::POST, "/microsoft/notifications", &settings)
        .await;
    world.drop_mail(SUPPORT, mail("lost")).await;
    let told = attempts(&world, 1).await;
    assert_eq!(
        (&told[0]["dropped"], &told[0]["status"]),
        (&json!(true), &Value::Null)
    );
    let settings = json!({ "forge_client_state": 1 });
    world
        .control(Method::POST, "/microsoft/notifications", &settings)
        .await;
    world.drop_mail(SUPPORT, mail("forged")).await;
    assert_eq!(listener.heard(1).await[0]["clientState"], "forged");
    world.drop_mail(SUPPORT, mail("true")).await;
    assert_eq!(listener.heard(2).await[1]["clientState"], "our secret");
    listener.stop().await;
}
