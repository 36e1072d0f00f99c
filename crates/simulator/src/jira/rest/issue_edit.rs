//! `PUT /rest/api/3/issue/{issue}`

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;

use super::request::{self, Params};
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues,
    lifecycle::scope::Scope,
    views::{self, Selection},
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.on_issue(Scope::Write)?;
    issues::edit(&site, &actor, &issue, &request::json(&body)?)?;
    if Params::of(&request).get("returnIssue") != Some("true") {
        return Ok(HttpResponse::NoContent().finish());
    }
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let all = Selection::new(&[], &[], "*all");
    Ok(HttpResponse::Ok().json(views::issue(&site, &state, issue, &all)))
}
