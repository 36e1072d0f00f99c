use postroom_simulator::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::World;

fn issue(content: &Value) -> Value {
    let description = json!({"type": "doc", "version": 1, "content": content});
    json!({"fields": {"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "x",
                      "description": description}})
}

#[tokio::test]
async fn documents_that_jira_refuses_are_refused() {
    let world = World::installed().await;
    let file =
        json!({"type": "media", "attrs": {"type": "file", "id": "no-such", "collection": ""}});
    let cases = [
        (
            json!([{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]),
            "INVALID_INPUT",
        ),
        (json!([{"type": "marquee"}]), "INVALID_INPUT"),
        (
            json!([{"type": "mediaSingle", "content": [file]}]),
            "ATTACHMENT_VALIDATION_ERROR",
        ),
    ];
    for (content, expected) in cases {
        let refused = world
            .call(Method::POST, "/rest/api/3/issue", Some(issue(&content)))
            .await;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.body["errorMessages"][0], expected);
    }
    let image =
        json!({"type": "media", "attrs": {"type": "external", "url": "https://example.com/a.png"}});
    let content = json!([{"type": "mediaSingle", "content": [image]}]);
    let made = world
        .call(Method::POST, "/rest/api/3/issue", Some(issue(&content)))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    world.stop().await;
}

#[tokio::test]
async fn a_given_schema_judges_as_well() {
    let schema = json!({"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
        "properties": {"content": {"type": "array", "maxItems": 1}}});
    let path = std::env::temp_dir().join(format!("adf-schema-{}.json", std::process::id()));
    std::fs::write(&path, schema.to_string()).unwrap();
    let mut options = Options::ephemeral();
    options.adf_schema = Some(path.clone());
    let world = World::with(options).await;
    world.install("acme").await;
    let rule = json!({"type": "rule"});
    let made = world
        .call(
            Method::POST,
            "/rest/api/3/issue",
            Some(issue(&json!([rule]))),
        )
        .await;
    assert_eq!(made.status, 201);
    let refused = world
        .call(
            Method::POST,
            "/rest/api/3/issue",
            Some(issue(&json!([rule, rule]))),
        )
        .await;
    assert_eq!(refused.body["errorMessages"][0], "INVALID_INPUT");
    std::fs::remove_file(path).unwrap();
    world.stop().await;
}
