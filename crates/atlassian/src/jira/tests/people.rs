use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, method, path, query_param},
};

use super::*;

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

async fn checking(projects: &Value, granted: &Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/rest/api/3/permissions/check"))
        .and(body_json(json!({
            "accountId": "account-1",
            "projectPermissions": [{ "permissions": ["ADMINISTER_PROJECTS"], "projects": projects }],
        })))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "projectPermissions": granted, "globalPermissions": [],
        })))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn the_administered_projects_are_those_that_jira_grants_of_those_asked_for() {
    let granted = json!([
        { "permission": "ADMINISTER_PROJECTS", "issues": [], "projects": [10002, 10000, 99999] },
        { "permission": "EDIT_ISSUES", "projects": [10001] },
    ]);
    let server = checking(&json!([10000, 10001, 10002]), &granted).await;
    let asked = ids(&["10000", "10001", "x", "", "10002"]);
    let administered = client(&server)
        .administered_projects("account-1", &asked)
        .await;
    assert_eq!(administered.unwrap(), ["10000", "10002"]);
    assert_signed(&only_request(&server).await, "");
}

#[tokio::test]
async fn no_grant_is_no_project() {
    let server = checking(&json!([10000]), &json!([])).await;
    let administered = client(&server)
        .administered_projects("account-1", &ids(&["10000"]))
        .await;
    assert_eq!(administered.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn no_project_is_no_question() {
    let server = MockServer::start().await;
    let administered = client(&server)
        .administered_projects("account-1", &ids(&["x"]))
        .await;
    assert_eq!(administered.unwrap(), Vec::<String>::new());
    assert_eq!(requests(&server).await.len(), 0);
}

#[tokio::test]
async fn names_are_asked_for_many_at_once() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/rest/api/3/user/bulk"))
        .and(query_param("maxResults", "50"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "values": [
                { "accountId": "557058:a", "displayName": "Ann", "active": true },
                { "accountId": "557058:b", "displayName": "" },
            ],
            "isLast": true,
        })))
        .mount(&server)
        .await;
    let mut asked = ids(&["557058:a", "557058:b"]);
    asked.extend((0..49).map(|n| format!("account-{n}")));
    let names = client(&server).display_names(&asked).await.unwrap();
    assert_eq!(names.len(), 1);
    assert_eq!(names["557058:a"], "Ann");
    let requests = requests(&server).await;
    let asked_for = |request: &Request| {
        assert_signed(request, "");
        let pairs = request.url.query_pairs();
        pairs.filter(|(name, _)| name == "accountId").count()
    };
    assert_eq!(requests.iter().map(asked_for).collect::<Vec<_>>(), [50, 1]);
}

#[tokio::test]
async fn nobody_is_no_question() {
    let server = MockServer::start().await;
    assert!(client(&server).display_names(&[]).await.unwrap().is_empty());
    assert_eq!(requests(&server).await.len(), 0);
}
