//! `POST /forge/{module}/invoke`: a call of the page to the app's back end, by Forge (`invokeRemote`) or by its own
//! browser with a token from Forge (`requestRemote`).

use std::{collections::BTreeMap, time::Duration};

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Look, find};
use crate::jira::{
    error::JiraError,
    forge::remote::{self, Answer, Call, Failure},
    gate::TheSite,
    pages::visitor::Visitor,
};

/// Limits of calls from a page ("Forge Remote essentials").
const LARGEST_REQUEST: usize = 500 * 1024;
const LARGEST_ANSWER: usize = 5 * 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(25);

/// What the bridge hands on of a call.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wanted {
    invoke_type: String,
    path: String,
    #[serde(default = "get")]
    method: String,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    #[serde(default)]
    body: Value,
}

fn get() -> String {
    "GET".to_owned()
}

pub(super) async fn handle(
    site: TheSite,
    visitor: Visitor,
    module: web::Path<String>,
    look: web::Query<Look>,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let (app, place) = find(&site, &visitor, &module, &look)?;
    let wanted: Wanted = serde_json::from_slice(&body)
        .map_err(|error| JiraError::bad(&format!("The call makes no sense: {error}")))?;
    let call = call(wanted)?;
    let endpoint = place.page.endpoint.as_ref();
    let call = Call {
        invocation: place.invocation(&visitor.account_id),
        system_token: !call.by_browser && endpoint.is_some_and(|endpoint| endpoint.system_token),
        ..call
    };
    let outcome = match remote::call(&site, &app, call).await {
        Ok(answer) => shown(answer),
        Err(Failure::Timeout) => error("TIMEOUT_ERROR", "The remote took too long."),
        Err(Failure::Unreachable) => error("REMOTE_ERROR", "The remote could not be reached."),
    };
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(outcome))
}

/// The call, but for who makes it.
fn call(wanted: Wanted) -> Result<Call, JiraError> {
    let by_browser = match wanted.invoke_type.as_str() {
        "ui-remote-fetch" => false,
        "fetch-remote" => true,
        _ => return Err(JiraError::bad("Only remotes can be invoked here.")),
    };
    if !wanted.path.starts_with('/') {
        return Err(JiraError::bad("The path must begin with a slash."));
    }
    let method = match wanted.method.as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        other => return Err(JiraError::bad(&format!("There is no method {other}."))),
    };
    let body = match wanted.body {
        Value::Null => Bytes::new(),
        Value::String(text) => text.into(),
        json => json.to_string().into(),
    };
    if body.len() > LARGEST_REQUEST {
        return Err(JiraError::bad("The request is larger than 500 KB."));
    }
    let header = |(name, value): (String, Value)| match value {
        Value::String(text) => Some((name, text)),
        _ => None,
    };
    Ok(Call {
        method,
        path: wanted.path,
        headers: wanted.headers.into_iter().filter_map(header).collect(),
        body,
        invocation: crate::jira::forge::invocation::Invocation::of_endpoint(""),
        system_token: false,
        by_browser,
        timeout: TIMEOUT,
    })
}

/// The answer as the bridge has it: only JSON passes, and anything but 2xx is a failure.
fn shown(answer: Answer) -> Value {
    if answer.body.len() > LARGEST_ANSWER {
        return error("PAYLOAD_TOO_LARGE", "The answer is larger than 5 MB.");
    }
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in answer.headers {
        headers.entry(name).or_default().push(value);
    }
    let kind = headers.get("content-type").and_then(|all| all.first());
    let is_json = kind.is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json")
    });
    let mut payload = Map::new();
    payload.insert("status".to_owned(), answer.status.into());
    payload.insert("headers".to_owned(), json!(headers));
    if !answer.body.is_empty() {
        match serde_json::from_slice::<Value>(&answer.body) {
            Ok(body) if is_json => payload.insert("body".to_owned(), body),
            _ => return error("INVALID_RESPONSE", "The remote must answer with JSON."),
        };
    }
    if (200..300).contains(&answer.status) {
        json!({"success": true, "payload": payload})
    } else {
        json!({"success": false, "error": payload})
    }
}

fn error(code: &str, message: &str) -> Value {
    json!({"success": false, "error": {"code": code, "message": message}})
}
