use reqwest::Method;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn who_administers_a_project_is_answered_by_project() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let found = world
        .call(Method::GET, &format!("/rest/api/3/issue/{key}"), None)
        .await;
    let issue: u64 = found.body["id"].as_str().unwrap().parse().unwrap();
    let expected = [
        ("Alice Admin", json!([10_000, 10_001]), json!([issue])),
        ("Pia Project", json!([10_000]), json!([issue])),
        ("Bob Agent", json!([]), json!([])),
    ];
    for (name, projects, issues) in expected {
        let asked = json!({
            "accountId": world.account(name).await,
            "globalPermissions": ["ADMINISTER"],
            "projectPermissions": [{
                "permissions": ["ADMINISTER_PROJECTS"],
                "projects": [10_000, 10_001, 99],
                "issues": [issue],
            }],
        });
        let path = "/rest/api/3/permissions/check";
        let granted = world.call(Method::POST, path, Some(asked)).await;
        let administered = &granted.body["projectPermissions"][0];
        assert_eq!(administered["projects"], projects, "{name}");
        assert_eq!(administered["issues"], issues, "{name}");
        let global = granted.body["globalPermissions"].as_array().unwrap();
        assert_eq!(global.len(), usize::from(name == "Alice Admin"));
    }
    world.stop().await;
}

#[tokio::test]
async fn several_users_are_read_at_once_a_page_at_a_time() {
    let (world, _) = World::with_forge(json!({})).await;
    let token = world.system_token().await;
    let (alice, pia) = (
        world.account("Alice Admin").await,
        world.account("Pia Project").await,
    );
    let both = format!("/rest/api/3/user/bulk?accountId={alice}&accountId={pia}&accountId=nobody");
    let all = world.gateway(&token, Method::GET, &both, None).await;
    let names: Vec<&Value> = all.body["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| &user["displayName"])
        .collect();
    assert_eq!(names, ["Alice Admin", "Pia Project"]);
    assert_eq!(
        (&all.body["total"], &all.body["maxResults"]),
        (&json!(2), &json!(10))
    );
    let page = format!("{both}&startAt=1&maxResults=1");
    let second = world.gateway(&token, Method::GET, &page, None).await;
    assert_eq!(second.body["values"][0]["displayName"], "Pia Project");
    assert_eq!(second.body["isLast"], true);
    let nobody = world
        .gateway(&token, Method::GET, "/rest/api/3/user/bulk", None)
        .await;
    assert_eq!(nobody.status, 400);
    world.stop().await;
}

#[tokio::test]
async fn the_control_api_lists_every_person() {
    let world = World::start().await;
    let site = world.site().await;
    let names: Vec<&Value> = site["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| &user["display_name"])
        .collect();
    assert_eq!(names, ["Alice Admin", "Bob Agent", "Pia Project"]);
    assert_eq!(
        site["projects"][0]["administrators"][0],
        world.account("Pia Project").await
    );
    world.stop().await;
}
