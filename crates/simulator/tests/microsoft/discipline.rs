use futures_util::future::join_all;
use postroom_simulator::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::{graph, tokens},
    world::{CLIENT_ID, SCOPE, SECRET, SUPPORT, World},
};

#[tokio::test]
async fn what_runs_at_once_and_what_comes_too_early_is_counted() {
    let world = World::with(Options {
        graph_latency_ms: 200,
        ..Options::ephemeral()
    })
    .await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    join_all((0..3).map(|_| graph.ask(Method::GET, "/me/messages").send())).await;
    let seen = world.look("/microsoft/discipline").await;
    assert_eq!(seen["max_parallel_by_mailbox"][SUPPORT], 3);
    assert_eq!(seen["requests_before_retry_after"], json!([]));
    let wait = json!({ "host": "graph", "response_code": "ApplicationThrottled", "headers": { "Retry-After": "30" } });
    world.fault(wait).await;
    graph.refused(graph.ask(Method::GET, "/me/messages")).await;
    world.clock.advance(chrono::TimeDelta::seconds(29));
    graph.get("/me/messages").await;
    let seen = world.look("/microsoft/discipline").await;
    let early = &seen["requests_before_retry_after"];
    assert_eq!(
        (&early[0]["after_ms"], &early[0]["early_ms"]),
        (&json!(29_000), &json!(1000)),
        "{seen}"
    );
    world.clock.advance(chrono::TimeDelta::seconds(1));
    graph.get("/me/messages").await;
    let seen = world.look("/microsoft/discipline").await;
    assert_eq!(
        seen["requests_before_retry_after"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    world
        .control(Method::DELETE, "/microsoft/discipline", &Value::Null)
        .await;
    let seen = world.look("/microsoft/discipline").await;
    assert_eq!(seen["max_parallel_by_mailbox"], json!({}));
}

#[tokio::test]
async fn many_are_signed_in_at_once_and_each_refresh_is_counted() {
    let world = World::start().await;
    let bulk = json!({ "count": 3, "domain": "contoso.example" });
    let addresses = world
        .control(Method::POST, "/microsoft/users/bulk", &bulk)
        .await;
    assert_eq!(addresses[2], "user-0003@contoso.example");
    let wanted = json!({ "addresses": addresses, "scope": SCOPE });
    let grants = world
        .control(Method::POST, "/microsoft/grants", &wanted)
        .await;
    let first = grants[0]["refresh_token"].as_str().unwrap();
    for _ in 0..2 {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("refresh_token", first),
        ];
        assert_eq!(world.token(&form).await.status(), 200);
    }
    tokens(&world, SUPPORT, SCOPE).await;
    let counted = world.look("/microsoft/refreshes").await;
    assert_eq!(
        counted,
        json!([{ "user": "user-0001@contoso.example", "client_id": CLIENT_ID, "count": 2, "with_an_older_token": 1 }])
    );
}

#[tokio::test]
async fn a_chat_tool_takes_what_it_can_show() {
    let world = World::start().await;
    let post = |body: Value| world.http.post(world.url("/chat/ops")).json(&body).send();
    assert_eq!(
        post(json!({ "text": "Mail is offline" }))
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(post(json!({ "text": "" })).await.unwrap().status(), 400);
    let card = |kind: &str| json!({ "type": "message", "attachments": [{ "contentType": "application/vnd.microsoft.card.adaptive", "content": { "type": kind } }] });
    assert_eq!(post(card("AdaptiveCard")).await.unwrap().status(), 202);
    assert_eq!(post(card("Card")).await.unwrap().status(), 400);
    world.fault(json!({ "host": "chat", "status": 503 })).await;
    assert_eq!(post(json!({ "text": "x" })).await.unwrap().status(), 503);
    let came = world.look("/chat").await;
    assert_eq!(came.as_array().unwrap().len(), 2);
    assert_eq!(
        (&came[0]["name"], &came[0]["body"]["text"]),
        (&json!("ops"), &json!("Mail is offline"))
    );
}
