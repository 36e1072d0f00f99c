//! The client against a fake Jira that only says what a test tells it to.

mod failures;
mod forge;
mod people;
mod reads;
mod writes;

use std::time::Duration;

use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use wiremock::{MockServer, Request};

use super::{Credential, JiraClient, NewIssue};
use crate::{
    connect::{AppToken, Canonical, UnverifiedToken, verify_webhook},
    testing::now,
};

const SECRET: &str = "shared-secret";
const MAIL: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

fn client_of(base: &str, timeout: Duration) -> JiraClient {
    let credential = Credential::Connect(AppToken {
        app_key: "com.postroom.jira".into(),
        client_key: "tenant-a".into(),
        shared_secret: SECRET.into(),
    });
    client_with(base, timeout, credential)
}

fn client_with(base: &str, timeout: Duration, credential: Credential) -> JiraClient {
    let http = HttpClient::new("jira", timeout).unwrap();
    JiraClient::new(
        http,
        Clock::manual(now()),
        Url::parse(base).unwrap(),
        credential,
    )
}

fn client(server: &MockServer) -> JiraClient {
    client_of(&server.uri(), Duration::from_secs(10))
}

fn document() -> Value {
    json!({ "type": "doc", "version": 1, "content": [] })
}

fn new_issue(description: &Value) -> NewIssue<'_> {
    NewIssue {
        project_id: "10000",
        issue_type_id: "10001",
        summary: "Printer\non fire",
        description,
        mail_id: MAIL,
    }
}

/// Proves that the request is signed as Jira asks, below the given base path.
fn assert_signed(request: &Request, base_path: &str) {
    let header = request.headers["authorization"].to_str().unwrap();
    let token = UnverifiedToken::from_authorization(header).unwrap();
    let path = request.url.path();
    let canonical = Canonical::below(
        base_path,
        request.method.as_str(),
        path,
        request.url.query(),
    );
    let secrets = [SecretString::from(SECRET)];
    let verified = verify_webhook(&token, &secrets, &canonical, now()).unwrap();
    assert_eq!(verified.client_key, "com.postroom.jira");
}

async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

async fn only_request(server: &MockServer) -> Request {
    let mut all = requests(server).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn sent_json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}
