//! `DELETE /rest/api/3/issue/{issue}`

use actix_web::{HttpResponse, web};

use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    issues,
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.on_issue(Scope::Delete)?;
    issues::delete(&site, &actor, &issue)?;
    Ok(HttpResponse::NoContent().finish())
}
