use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, World, document};

async fn create(world: &World, changes: Value) -> Answer {
    let mut fields =
        json!({"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "A mail"});
    fields
        .as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    world
        .call(
            Method::POST,
            "/rest/api/3/issue",
            Some(json!({"fields": fields})),
        )
        .await
}

#[tokio::test]
async fn an_issue_is_made_read_changed_and_searched_by_its_property() {
    let world = World::installed().await;
    let fields = json!({"project": {"id": "10000"}, "issuetype": {"id": "10002"}, "summary": "A mail",
                        "description": document("Hello"), "labels": ["mail"]});
    let request =
        json!({"fields": fields, "properties": [{"key": "mail", "value": {"mid": "m1"}}]});
    let made = world
        .call(Method::POST, "/rest/api/3/issue", Some(request))
        .await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["key"], "SUP-1");
    let path = "/rest/api/3/issue/SUP-1";
    let changed = json!({"fields": {"summary": "Another", "description": document("Bye")}});
    assert_eq!(
        world.call(Method::PUT, path, Some(changed)).await.status,
        204
    );
    let read = world
        .call(Method::GET, &format!("{path}?properties=mail"), None)
        .await
        .body;
    assert_eq!(read["id"], made.body["id"]);
    assert_eq!(read["properties"]["mail"]["mid"], "m1");
    let fields = &read["fields"];
    assert_eq!(fields["summary"], "Another");
    assert_eq!(fields["description"], document("Bye"));
    assert_eq!(fields["issuetype"]["name"], "Bug");
    assert_eq!(fields["reporter"]["accountType"], "app");
    assert_eq!(
        world
            .call(Method::GET, "/rest/api/3/issue/SUP-2", None)
            .await
            .status,
        404
    );
    world.stop().await;
}

#[tokio::test]
async fn limits_of_fields_are_told_field_by_field() {
    let world = World::installed().await;
    let cases = [
        (
            json!({"summary": "x".repeat(256)}),
            "summary",
            "Summary can't exceed 255 characters.",
        ),
        (json!({"summary": "a\nb"}), "summary", "newline"),
        (
            json!({"summary": " "}),
            "summary",
            "You must specify a summary",
        ),
        (
            json!({"project": {"key": "NO"}}),
            "project",
            "valid project",
        ),
        (
            json!({"issuetype": {"id": "1"}}),
            "issuetype",
            "valid issue type",
        ),
        (json!({"labels": ["a b"]}), "labels", "contains spaces"),
        (
            json!({"customfield_1": 1}),
            "customfield_1",
            "cannot be set",
        ),
        (
            json!({"description": "text"}),
            "description",
            "Atlassian Document",
        ),
        (
            json!({"description": document(&"x".repeat(33_000))}),
            "description",
            "limit of 32,767 characters",
        ),
    ];
    for (changes, field, expected) in cases {
        let refused = create(&world, changes).await;
        assert_eq!(refused.status, 400, "{field}");
        let complaint = refused.body["errors"][field].as_str().unwrap_or_default();
        assert!(complaint.contains(expected), "{field}: {}", refused.body);
    }
    assert_eq!(
        create(&world, json!({"summary": "x".repeat(255)}))
            .await
            .status,
        201
    );
    world.stop().await;
}

#[tokio::test]
async fn properties_have_a_limit_and_say_whether_they_are_new() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}/properties/p");
    let put = async |value: Value| world.call(Method::PUT, &path, Some(value)).await.status;
    assert_eq!(put(json!({"a": 1})).await, 201);
    assert_eq!(put(json!("x".repeat(32_766))).await, 200);
    assert_eq!(put(json!("x".repeat(32_767))).await, 400);
    let read = world.call(Method::GET, &path, None).await;
    assert_eq!(read.body["value"].as_str().unwrap().len(), 32_766);
    world.stop().await;
}

#[tokio::test]
async fn deleting_needs_its_scope() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}");
    assert_eq!(world.call(Method::DELETE, &path, None).await.status, 403);
    world.app.describe("/scopes", json!(["DELETE"]));
    world.install("acme").await;
    assert_eq!(world.call(Method::DELETE, &path, None).await.status, 204);
    assert_eq!(world.call(Method::GET, &path, None).await.status, 404);
    world.stop().await;
}

#[tokio::test]
async fn projects_and_their_types_can_be_listed() {
    let world = World::installed().await;
    let projects = world
        .call(Method::GET, "/rest/api/3/project/search?maxResults=1", None)
        .await
        .body;
    assert_eq!(
        (&projects["total"], &projects["isLast"]),
        (&json!(2), &json!(false))
    );
    let id = projects["values"][0]["id"].as_str().unwrap();
    let project = world
        .call(Method::GET, &format!("/rest/api/3/project/{id}"), None)
        .await
        .body;
    assert_eq!(project["issueTypes"][0]["name"], "Task");
    let types = world
        .call(
            Method::GET,
            "/rest/api/3/issue/createmeta/SUP/issuetypes",
            None,
        )
        .await
        .body;
    assert_eq!(types["issueTypes"].as_array().unwrap().len(), 3);
    let info = world
        .http
        .get(world.url("/rest/api/3/serverInfo"))
        .send()
        .await
        .unwrap();
    assert_eq!(info.status(), 200);
    world.stop().await;
}

#[tokio::test]
async fn everything_is_there_for_a_test_to_look_at() {
    let world = World::installed().await;
    let key = world.issue("Look").await;
    let issues = world
        .control(Method::GET, "/jira/acme/issues", None)
        .await
        .body;
    assert_eq!(issues[0]["key"], key.as_str());
    assert_eq!(issues[0]["issue_type"], "Task");
    let other = world
        .control(Method::GET, "/jira/globex/issues", None)
        .await
        .body;
    assert_eq!(other, json!([]));
    let requests = world
        .control(Method::GET, "/requests?host=jira", None)
        .await
        .body;
    assert_eq!(requests[0]["path"], "/rest/api/3/issue");
    assert_eq!(requests[0]["site"], "acme");
    world.stop().await;
}
