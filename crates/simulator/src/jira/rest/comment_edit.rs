//! `PUT /rest/api/3/issue/{issue}/comment/{id}`

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
    path: web::Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.on_issue(Scope::Write)?;
    let (issue, id) = path.into_inner();
    let (issue, comment) = comments::edit(&site, &actor, &issue, &id, &request::json(&body)?)?;
    let properties = Params::of(&request).lists("expand", "properties");
    let view = views::comment(&site, &site.state(), &issue, &comment, properties);
    Ok(HttpResponse::Ok().json(view))
}
