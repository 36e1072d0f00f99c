use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, World};

async fn search(world: &World, request: Value) -> Answer {
    world
        .call(Method::POST, "/rest/api/3/search/jql", Some(request))
        .await
}

async fn mail(world: &World, mid: &str) -> String {
    let key = world.issue(mid).await;
    let path = format!("/rest/api/3/issue/{key}/properties/mail");
    world
        .call(Method::PUT, &path, Some(json!({"mid": mid})))
        .await;
    key
}

#[tokio::test]
async fn an_issue_is_found_by_an_indexed_property_alone() {
    let world = World::installed().await;
    let key = mail(&world, "m1").await;
    mail(&world, "m2").await;
    let jql = r#"issue.property[mail].mid = "m1""#;
    let found = search(
        &world,
        json!({"jql": jql, "fields": ["summary"], "properties": ["mail"]}),
    )
    .await
    .body;
    assert_eq!(found["issues"][0]["key"], key.as_str());
    assert_eq!(found["issues"][0]["properties"]["mail"]["mid"], "m1");
    assert_eq!(found["issues"][0]["fields"], json!({"summary": "m1"}));
    assert_eq!(
        (&found["isLast"], found["issues"].as_array().unwrap().len()),
        (&json!(true), 1)
    );
    let refused = search(
        &world,
        json!({"jql": r#"issue.property[other].mid = "m1""#}),
    )
    .await;
    assert_eq!(refused.status, 400);
    world.stop().await;
}

#[tokio::test]
async fn results_come_in_pages_of_their_own_query() {
    let world = World::installed().await;
    for text in ["a", "b", "c"] {
        world.issue(text).await;
    }
    let jql = "project = SUP ORDER BY created ASC";
    let first = search(
        &world,
        json!({"jql": jql, "maxResults": 2, "fields": ["summary"]}),
    )
    .await
    .body;
    assert_eq!(first["isLast"], false);
    let token = &first["nextPageToken"];
    let next = json!({"jql": jql, "maxResults": 2, "fields": ["summary"], "nextPageToken": token});
    let last = search(&world, next).await.body;
    assert_eq!(last["issues"][0]["fields"]["summary"], "c");
    assert_eq!(last["isLast"], true);
    let other = json!({"jql": "project = OPS", "nextPageToken": token});
    assert_eq!(search(&world, other).await.status, 400);
    let ids = search(&world, json!({"jql": jql})).await.body;
    assert_eq!(
        ids["issues"][0]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["id"]
    );
    world.stop().await;
}

#[tokio::test]
async fn the_index_may_lag() {
    let world = World::installed().await;
    world.settings(json!({"index_lag_ms": 60_000})).await;
    let made = mail(&world, "m1").await;
    let jql = r#"issue.property[mail].mid = "m1""#;
    assert_eq!(
        search(&world, json!({"jql": jql})).await.body["issues"],
        json!([])
    );
    let path = format!("/rest/api/3/issue/{made}?fields=summary");
    let id = world.call(Method::GET, &path, None).await.body["id"].clone();
    let id: u64 = id.as_str().unwrap().parse().unwrap();
    let found = search(&world, json!({"jql": jql, "reconcileIssues": [id]}))
        .await
        .body;
    assert_eq!(found["issues"].as_array().unwrap().len(), 1);
    world
        .control(Method::POST, "/clock", Some(json!({"advance_seconds": 61})))
        .await;
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let target = "/rest/api/3/search/jql";
    // The world's clock is ahead now, and so the token must be.
    let token = crate::world::token(&secret, crate::app::KEY, "POST", target, 300);
    let request = world
        .http
        .post(world.url(target))
        .header("Authorization", format!("JWT {token}"));
    let found =
        crate::world::answer(request.json(&json!({"jql": jql})).send().await.unwrap()).await;
    assert_eq!(
        found.body["issues"].as_array().unwrap().len(),
        1,
        "{found:?}"
    );
    world.stop().await;
}

#[tokio::test]
async fn the_old_search_is_gone() {
    let world = World::installed().await;
    assert_eq!(
        world
            .call(Method::GET, "/rest/api/3/search?jql=x", None)
            .await
            .status,
        410
    );
    let unbounded = search(&world, json!({"jql": "order by created"})).await;
    assert!(
        unbounded.body["errorMessages"][0]
            .as_str()
            .unwrap()
            .contains("Unbounded")
    );
    world.stop().await;
}
