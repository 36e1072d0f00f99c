//! A Jira with one administrator and one administrator of a project, at its own address and below Atlassian's API;
//! Atlassian's key server; and Forge's key set.

use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path, path_regex},
};

use super::{forge, tokens};

pub(crate) const ADMIN: &str = "account-admin";
/// Administers the project [`PROJECT`], and not Jira.
pub(crate) const PROJECT_ADMIN: &str = "account-project-admin";
pub(crate) const AGENT: &str = "account-agent";
pub(crate) const APP: &str = "account-app";
pub(crate) const PROJECT: &str = "10000";

pub(crate) async fn serve(server: &MockServer) {
    Mock::given(method("GET"))
        .and(path(format!("/keys/{}", tokens::KID)))
        .respond_with(ResponseTemplate::new(200).set_body_string(tokens::rsa().public_key_pem()))
        .mount(server)
        .await;
    let keys = ResponseTemplate::new(200).set_body_json(forge::key_set());
    Mock::given(method("GET"))
        .and(path("/.well-known/jwks.json"))
        .respond_with(keys)
        .mount(server)
        .await;
    Mock::given(method("POST"))
        .and(path_regex(rest("permissions/check")))
        .respond_with(permissions)
        .mount(server)
        .await;
    Mock::given(method("GET"))
        .and(path_regex(rest("user/bulk")))
        .respond_with(users)
        .mount(server)
        .await;
    let myself = json!({ "accountId": APP, "accountType": "app" });
    answer(server, "myself", myself).await;
    answer(server, "project/search", projects()).await;
}

/// An operation, whichever front door the app came in by.
fn rest(operation: &str) -> String {
    format!("^(/ex/jira/[A-Za-z0-9-]+)?/rest/api/3/{operation}$")
}

async fn answer(server: &MockServer, operation: &str, body: Value) {
    Mock::given(method("GET"))
        .and(path_regex(rest(operation)))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

fn permissions(request: &Request) -> ResponseTemplate {
    let asked: Value = serde_json::from_slice(&request.body).unwrap();
    let account = asked["accountId"].as_str().unwrap();
    let global: &[&str] = match account {
        ADMIN | "other-admin" => &["ADMINISTER"],
        _ => &[],
    };
    let projects = &asked["projectPermissions"][0];
    let of_project: Vec<&Value> = projects["projects"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|id| account == PROJECT_ADMIN && **id == json!(10000))
        .collect();
    ResponseTemplate::new(200).set_body_json(json!({
        "globalPermissions": global,
        "projectPermissions": [{
            "permission": "ADMINISTER_PROJECTS", "projects": of_project, "issues": [],
        }],
    }))
}

/// Everybody has a name but the app.
fn users(request: &Request) -> ResponseTemplate {
    let asked = request.url.query_pairs();
    let people = asked.filter(|(name, id)| name == "accountId" && id != APP);
    let people: Vec<Value> = people
        .map(|(_, id)| json!({ "accountId": id, "displayName": format!("Name of {id}") }))
        .collect();
    ResponseTemplate::new(200).set_body_json(json!({ "isLast": true, "values": people }))
}

fn projects() -> Value {
    json!({
        "isLast": true,
        "values": [{
            "id": PROJECT, "key": "SUP", "name": "Support",
            "issueTypes": [
                { "id": "1", "name": "Task", "subtask": false },
                { "id": "2", "name": "Sub-task", "subtask": true },
            ],
        }],
    })
}
