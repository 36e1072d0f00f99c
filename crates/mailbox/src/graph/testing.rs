//! A Graph client for unit tests, and the answers they share.

use std::time::Duration;

use chrono::{DateTime, Utc};
use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use super::GraphClient;
use crate::{AccessToken, Retries};

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-24T05:00:00Z".parse().unwrap()
}

pub(crate) fn token() -> AccessToken {
    AccessToken::from(SecretString::from("token"))
}

/// A client that never sends.
pub(crate) fn offline() -> GraphClient {
    at("https://graph.test/v1.0")
}

pub(crate) fn online(server: &MockServer) -> GraphClient {
    at(&format!("{}/v1.0", server.uri()))
}

pub(crate) fn at(base: &str) -> GraphClient {
    let http = HttpClient::new("graph", Duration::from_secs(30)).unwrap();
    GraphClient::new(http, base.parse().unwrap(), Clock::manual(now())).with_retries(Retries {
        first_delay: Duration::from_millis(1),
        ..Retries::default()
    })
}

pub(crate) fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

pub(crate) fn refusal(status: u16, code: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("request-id", "req-1")
        .set_body_json(json!({"error": {"code": code, "message": "words"}}))
}
