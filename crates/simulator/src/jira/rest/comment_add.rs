//! `POST /rest/api/3/issue/{issue}/comment`

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;

use super::request::{self, Params};
use crate::jira::{
    comments,
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
    views,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.on_issue(Scope::Write)?;
    let (issue, comment) = comments::add(&site, &actor, &issue, &request::json(&body)?)?;
    let properties = Params::of(&request).lists("expand", "properties");
    let view = views::comment(&site, &site.state(), &issue, &comment, properties);
    Ok(HttpResponse::Created().json(view))
}
