use reqwest::Method;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn points_are_counted_for_the_app_over_all_its_sites() {
    let world = World::installed().await;
    let left = async || {
        let answer = world.call(Method::GET, "/rest/api/3/myself", None).await;
        answer.headers["x-ratelimit-remaining"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let before = left().await;
    assert_eq!(
        before - left().await,
        3,
        "one for the request, two for the person"
    );
    world.settings(json!({"points_limit": 6})).await;
    let refused = world.call(Method::GET, "/rest/api/3/myself", None).await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.headers["ratelimit-reason"],
        "jira-quota-global-based"
    );
    assert!(
        refused.headers.contains_key("retry-after")
            && refused.headers.contains_key("x-ratelimit-reset")
    );
    world.stop().await;
}

#[tokio::test]
async fn an_issue_takes_only_so_many_writes_at_once() {
    let world = World::installed().await;
    let key = world.issue("x").await;
    let path = format!("/rest/api/3/issue/{key}/properties/p");
    let mut statuses = Vec::new();
    while !statuses.contains(&429) && statuses.len() < 200 {
        statuses.push(world.call(Method::PUT, &path, Some(json!(1))).await.status);
    }
    assert!(
        statuses.len() > 20 && statuses.contains(&429),
        "{statuses:?}"
    );
    world.settings(json!({"burst": false})).await;
    assert_eq!(
        world.call(Method::PUT, &path, Some(json!(1))).await.status,
        200
    );
    world.stop().await;
}

#[tokio::test]
async fn a_fault_can_cut_the_answer_after_the_work_is_done() {
    let world = World::installed().await;
    let fault =
        json!({"match": "/rest/api/3/issue", "method": "POST", "after_commit": true, "times": 1});
    world
        .control(Method::POST, "/jira/acme/faults", Some(fault))
        .await;
    let secret = world.site().await["shared_secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let target = "/rest/api/3/issue";
    let token = crate::world::token(&secret, crate::app::KEY, "POST", target, 180);
    let fields = json!({"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": "x"});
    let request = world
        .http
        .post(world.url(target))
        .header("Authorization", format!("JWT {token}"));
    assert!(
        request
            .json(&json!({"fields": fields}))
            .send()
            .await
            .is_err()
    );
    let issues = world
        .control(Method::GET, "/jira/acme/issues", None)
        .await
        .body;
    assert_eq!(issues.as_array().unwrap().len(), 1);
    world.stop().await;
}
