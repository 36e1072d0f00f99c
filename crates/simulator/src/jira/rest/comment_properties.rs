//! `/rest/api/3/comment/{id}/properties/{key}`

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde_json::json;

use super::request;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues::properties,
    lifecycle::scope::Scope,
    model::{issue::Comment, state::State},
};

pub(super) async fn keys(
    site: TheSite,
    caller: Caller,
    id: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let mut state = site.state();
    let comment = find(&mut state, &id)?;
    let address = |key: &String| {
        format!(
            "{}/rest/api/3/comment/{id}/properties/{key}",
            site.base_url()
        )
    };
    let keys: Vec<_> = comment
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
    let (id, key) = path.into_inner();
    let mut state = site.state();
    let comment = find(&mut state, &id)?;
    let value = comment
        .properties
        .get(&key)
        .ok_or_else(|| JiraError::no_property(&key))?;
    Ok(HttpResponse::Ok().json(json!({"key": key, "value": value})))
}

pub(super) async fn write(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Write)?;
    let (id, key) = path.into_inner();
    let value = request::json(&body)?;
    properties::check(&key, &value)?;
    let mut state = site.state();
    let before = find(&mut state, &id)?.properties.insert(key, value);
    Ok(match before {
        Some(_) => HttpResponse::Ok().finish(),
        None => HttpResponse::Created().finish(),
    })
}

fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Comment, JiraError> {
    state
        .issues
        .values_mut()
        .find_map(|issue| issue.comment_mut(id))
        .ok_or_else(|| JiraError::no_comment(id))
}
