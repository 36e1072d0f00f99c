//! A Jira with one administrator, Atlassian's key server and Forge's key set.

use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

use super::{forge, tokens};

pub(crate) const ADMIN: &str = "account-admin";
pub(crate) const AGENT: &str = "account-agent";
pub(crate) const APP: &str = "account-app";

pub(crate) async fn serve(server: &MockServer) {
    Mock::given(method("GET"))
        .and(path(format!("/keys/{}", tokens::KID)))
        .respond_with(ResponseTemplate::new(200).set_body_string(tokens::rsa().public_key_pem()))
        .mount(server)
        .await;
    answer(server, "/.well-known/jwks.json", forge::key_set()).await;
    Mock::given(method("POST"))
        .and(path("/rest/api/3/permissions/check"))
        .respond_with(permissions)
        .mount(server)
        .await;
    answer(
        server,
        "/rest/api/3/myself",
        json!({ "accountId": APP, "accountType": "app" }),
    )
    .await;
    answer(server, "/rest/api/3/project/search", projects()).await;
}

async fn answer(server: &MockServer, at: &str, body: Value) {
    Mock::given(method("GET"))
        .and(path(at))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

fn permissions(request: &Request) -> ResponseTemplate {
    let asked: Value = serde_json::from_slice(&request.body).unwrap();
    let granted = if asked["accountId"] == ADMIN || asked["accountId"] == "other-admin" {
        json!(["ADMINISTER"])
    } else {
        json!([])
    };
    ResponseTemplate::new(200).set_body_json(json!({ "globalPermissions": granted }))
}

fn projects() -> Value {
    json!({
        "isLast": true,
        "values": [{
            "id": "10000", "key": "SUP", "name": "Support",
            "issueTypes": [
                { "id": "1", "name": "Task", "subtask": false },
                { "id": "2", "name": "Sub-task", "subtask": true },
            ],
        }],
    })
}
