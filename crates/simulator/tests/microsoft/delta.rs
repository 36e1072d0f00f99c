use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::graph,
    world::{Graph, SCOPE, SUPPORT, World, mail},
};

const START: &str = "/me/mailFolders/inbox/messages/delta?$select=subject,isRead";

/// One page; two items at most, immutable ids.
async fn page(graph: &Graph<'_>, link: &str) -> Value {
    let prefer = "IdType=\"ImmutableId\", odata.maxpagesize=2";
    graph
        .json(graph.ask(Method::GET, link).header("prefer", prefer))
        .await
}

/// Follows a round to its end: all items, number of pages, delta link.
async fn round(graph: &Graph<'_>, start: &str) -> (Vec<Value>, usize, String) {
    let (mut link, mut items, mut pages) = (start.to_owned(), Vec::new(), 0);
    loop {
        let body = page(graph, &link).await;
        items.extend(body["value"].as_array().unwrap().iter().cloned());
        pages += 1;
        if let Some(delta) = body["@odata.deltaLink"].as_str() {
            assert!(delta.contains("$deltatoken="));
            return (items, pages, delta.to_owned());
        }
        link = body["@odata.nextLink"].as_str().unwrap().to_owned();
        assert!(link.contains("$skiptoken="));
    }
}

async fn filled() -> World {
    let world = World::start().await;
    for subject in ["one", "two", "three", "four", "five"] {
        world.drop_mail(SUPPORT, mail(subject)).await;
    }
    world
}

#[tokio::test]
async fn a_first_round_tells_everything_in_pages() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let (items, pages, delta) = round(&graph, START).await;
    assert_eq!((items.len(), pages), (5, 3));
    assert!(
        items[0].get("from").is_none(),
        "$select holds for every page"
    );
    let (items, pages, _) = round(&graph, &delta).await;
    assert_eq!((items.len(), pages), (0, 1));
}

#[tokio::test]
async fn the_function_form_is_the_same() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    assert_eq!(
        round(&graph, "/me/mailFolders/inbox/messages/delta()")
            .await
            .0
            .len(),
        5
    );
}

#[tokio::test]
async fn a_page_can_be_asked_for_again_whatever_else_the_link_says() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let first = page(&graph, START).await;
    let next = first["@odata.nextLink"].as_str().unwrap();
    let (once, again) = (
        page(&graph, next).await,
        page(&graph, &format!("{next}&$select=from&$filter=x")).await,
    );
    assert_eq!(once["value"], again["value"]);
}

#[tokio::test]
async fn the_next_round_tells_what_came_changed_and_left() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let (items, _, delta) = round(&graph, START).await;
    let path = |index: usize| format!("/me/messages/{}", items[index]["id"].as_str().unwrap());
    world.drop_mail(SUPPORT, mail("six")).await;
    graph
        .json(
            graph
                .ask(Method::PATCH, &path(0))
                .json(&json!({ "isRead": true })),
        )
        .await;
    let away = format!("{}/move", path(1));
    graph
        .json(
            graph
                .ask(Method::POST, &away)
                .json(&json!({ "destinationId": "archive" })),
        )
        .await;
    graph.ask(Method::DELETE, &path(2)).send().await.unwrap();
    let (changes, _, _) = round(&graph, &delta).await;
    assert_eq!(changes.len(), 4);
    assert_eq!(changes[0]["subject"], "six");
    assert_eq!(
        (&changes[1]["id"], &changes[1]["isRead"]),
        (&items[0]["id"], &json!(true))
    );
    for (change, item) in [(2, 1), (3, 2)] {
        assert_eq!(
            changes[change],
            json!({ "id": items[item]["id"], "@removed": { "reason": "deleted" } })
        );
    }
}

#[tokio::test]
async fn what_comes_during_a_round_is_told_by_the_next() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let first = page(&graph, START).await;
    world.drop_mail(SUPPORT, mail("late")).await;
    let (rest, _, delta) = round(&graph, first["@odata.nextLink"].as_str().unwrap()).await;
    assert_eq!(rest.len(), 3);
    let (late, _, _) = round(&graph, &delta).await;
    assert_eq!((late.len(), &late[0]["subject"]), (1, &json!("late")));
}

#[tokio::test]
async fn a_mail_that_left_and_came_back_is_lost_to_immutable_ids() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let (items, _, delta) = round(&graph, START).await;
    let path = format!("/me/messages/{}/move", items[0]["id"].as_str().unwrap());
    for folder in ["archive", "inbox"] {
        graph
            .json(
                graph
                    .ask(Method::POST, &path)
                    .json(&json!({ "destinationId": folder })),
            )
            .await;
    }
    let (changes, _, _) = round(&graph, &delta).await;
    assert_eq!(
        changes,
        [json!({ "id": items[0]["id"], "@removed": { "reason": "deleted" } })]
    );
}

#[tokio::test]
async fn a_filter_holds_in_later_rounds() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let since =
        "/me/mailFolders/inbox/messages/delta?$filter=receivedDateTime ge 2026-11-24T12:30:00Z";
    let (items, _, delta) = round(&graph, since).await;
    assert!(items.is_empty());
    world.drop_mail(SUPPORT, mail("early")).await;
    world.clock.advance(chrono::TimeDelta::minutes(31));
    world.drop_mail(SUPPORT, mail("later")).await;
    let (items, _, _) = round(&graph, &delta).await;
    assert_eq!((items.len(), &items[0]["subject"]), (1, &json!("later")));
    let wrong = graph.ask(
        Method::GET,
        "/me/mailFolders/inbox/messages/delta?$filter=isRead eq false",
    );
    assert_eq!(graph.refused(wrong).await.0, 400);
}

#[tokio::test]
async fn a_state_that_is_gone_starts_over() {
    let world = filled().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    let (_, _, delta) = round(&graph, START).await;
    let gone = (410, "syncStateNotFound".to_owned());
    let unknown = "/me/mailFolders/inbox/messages/delta?$deltatoken=latest";
    assert_eq!(graph.refused(graph.ask(Method::GET, unknown)).await, gone);
    let elsewhere = delta.replace("/inbox/", "/archive/");
    assert_eq!(
        graph.refused(graph.ask(Method::GET, &elsewhere)).await,
        gone
    );
    world
        .control(
            Method::POST,
            &format!("/microsoft/mailboxes/{SUPPORT}/expire-delta"),
            &Value::Null,
        )
        .await;
    assert_eq!(graph.refused(graph.ask(Method::GET, &delta)).await, gone);
    assert_eq!(round(&graph, START).await.0.len(), 5);
}

#[tokio::test]
async fn pages_can_be_empty_lead_to_themselves_or_be_told_twice() {
    let world = World::start().await;
    let graph = graph(&world, SUPPORT, SCOPE).await;
    world.drop_mail(SUPPORT, mail("x")).await;
    let settings = json!({ "empty_pages": 1, "repeat_pages": 1 });
    world
        .control(Method::POST, "/microsoft/graph", &settings)
        .await;
    let empty = graph.get("/me/mailFolders/inbox/messages/delta").await;
    assert_eq!(empty["value"], json!([]));
    let next = empty["@odata.nextLink"].as_str().unwrap();
    let settings = json!({ "repeat_pages": 1 });
    world
        .control(Method::POST, "/microsoft/graph", &settings)
        .await;
    let page = graph.get(next).await;
    assert_eq!(page["@odata.nextLink"], next, "it leads to itself");
    let settings = json!({ "replay_items": 1 });
    world
        .control(Method::POST, "/microsoft/graph", &settings)
        .await;
    let page = graph.get(next).await;
    assert_eq!(page["value"].as_array().unwrap().len(), 2);
    assert!(page["@odata.deltaLink"].is_string());
}
