use reqwest::Method;
use serde_json::json;

use crate::world::{World, document};

#[tokio::test]
async fn a_comment_keeps_its_properties_and_can_be_changed() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}/comment");
    let request =
        json!({"body": document("one"), "properties": [{"key": "mail", "value": {"mid": "m1"}}]});
    let made = world.call(Method::POST, &path, Some(request)).await;
    assert_eq!(made.status, 201);
    assert!(made.body.get("properties").is_none());
    let id = made.body["id"].as_str().unwrap();
    let one = format!("{path}/{id}?expand=properties");
    let read = world.call(Method::GET, &one, None).await.body;
    assert_eq!(
        read["properties"],
        json!([{"key": "mail", "value": {"mid": "m1"}}])
    );
    assert_eq!(read["author"]["accountType"], "app");
    let changed = world
        .call(
            Method::PUT,
            &format!("{path}/{id}"),
            Some(json!({"body": document("two")})),
        )
        .await;
    assert_eq!(changed.body["body"], document("two"));
    let property = format!("/rest/api/3/comment/{id}/properties/mail");
    assert_eq!(
        world
            .call(Method::PUT, &property, Some(json!(2)))
            .await
            .status,
        200
    );
    assert_eq!(
        world.call(Method::GET, &property, None).await.body["value"],
        2
    );
    world.stop().await;
}

#[tokio::test]
async fn comments_come_in_pages() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}/comment");
    for text in ["a", "b", "c"] {
        world
            .call(Method::POST, &path, Some(json!({"body": document(text)})))
            .await;
    }
    let page = world
        .call(Method::GET, &format!("{path}?maxResults=2&startAt=1"), None)
        .await
        .body;
    assert_eq!((&page["total"], &page["startAt"]), (&json!(3), &json!(1)));
    assert_eq!(page["comments"][0]["body"], document("b"));
    let last = world
        .call(
            Method::GET,
            &format!("{path}?maxResults=1&orderBy=-created"),
            None,
        )
        .await
        .body;
    assert_eq!(last["comments"][0]["body"], document("c"));
    world.stop().await;
}

#[tokio::test]
async fn what_is_no_comment_is_refused() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}/comment");
    for body in [
        json!({}),
        json!({"body": {"type": "doc", "version": 1, "content": []}}),
    ] {
        let refused = world.call(Method::POST, &path, Some(body)).await;
        assert_eq!(
            refused.body["errors"]["comment"],
            "Comment body can not be empty!"
        );
    }
    let long = json!({"body": document(&"x".repeat(33_000))});
    let refused = world.call(Method::POST, &path, Some(long)).await;
    assert!(
        refused.body["errors"]["comment"]
            .as_str()
            .unwrap()
            .contains("32,767")
    );
    let nowhere = "/rest/api/3/issue/SUP-99/comment";
    let refused = world
        .call(Method::POST, nowhere, Some(json!({"body": document("x")})))
        .await;
    assert_eq!(refused.status, 404);
    world.stop().await;
}
