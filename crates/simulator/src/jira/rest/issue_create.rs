//! `POST /rest/api/3/issue`

use actix_web::HttpResponse;
use bytes::Bytes;
use serde_json::json;

use super::request;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues,
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Write)?;
    let issue = issues::create(&site, actor.as_deref(), &request::json(&body)?)?;
    Ok(HttpResponse::Created().json(json!({
        "id": issue.id.to_string(),
        "key": issue.key,
        "self": format!("{}/rest/api/3/issue/{}", site.base_url(), issue.id),
    })))
}
