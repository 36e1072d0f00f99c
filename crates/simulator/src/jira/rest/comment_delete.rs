//! `DELETE /rest/api/3/issue/{issue}/comment/{id}`

use actix_web::{HttpResponse, web};

use crate::jira::{
    comments,
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.on_issue(Scope::Delete)?;
    let (issue, id) = path.into_inner();
    comments::delete(&site, &actor, &issue, &id)?;
    Ok(HttpResponse::NoContent().finish())
}
