//! `/rest/api/3/issue/{issue}/properties/{key}`

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde_json::json;

use super::request;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues::properties,
    lifecycle::scope::Scope,
    model::issue::Property,
};

pub(super) async fn keys(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let address = |key: &String| {
        format!(
            "{}/rest/api/3/issue/{}/properties/{key}",
            site.base_url(),
            issue.id
        )
    };
    let keys: Vec<_> = issue
        .properties
        .keys()
        .map(|key| json!({"key": key, "self": address(key)}))
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "keys": keys })))
}

pub(super) async fn read(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let (issue, key) = path.into_inner();
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let property = issue
        .properties
        .get(&key)
        .ok_or_else(|| JiraError::no_property(&key))?;
    Ok(HttpResponse::Ok().json(json!({"key": key, "value": property.value})))
}

pub(super) async fn write(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Write)?;
    let (issue, key) = path.into_inner();
    let value = request::json(&body)?;
    properties::check(&key, &value)?;
    let set_at = site.clock.now();
    let mut state = site.state();
    let issue = state.issue_mut(&issue).ok_or_else(JiraError::no_issue)?;
    let before = issue.properties.insert(key, Property { value, set_at });
    Ok(match before {
        Some(_) => HttpResponse::Ok().finish(),
        None => HttpResponse::Created().finish(),
    })
}

pub(super) async fn remove(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Write)?;
    let (issue, key) = path.into_inner();
    let mut state = site.state();
    let issue = state.issue_mut(&issue).ok_or_else(JiraError::no_issue)?;
    match issue.properties.remove(&key) {
        Some(_) => Ok(HttpResponse::NoContent().finish()),
        None => Err(JiraError::no_property(&key)),
    }
}
