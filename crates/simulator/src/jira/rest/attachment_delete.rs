//! `DELETE /rest/api/3/attachment/{id}`

use actix_web::{HttpResponse, web};

use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    id: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::Delete)?;
    let mut state = site.state();
    let (issue, attachment) = state
        .attachment(&id)
        .map(|(issue, one)| (issue.id, one.id))
        .ok_or_else(|| JiraError::no_attachment(&id))?;
    if let Some(issue) = state.issues.get_mut(&issue) {
        issue.attachments.retain(|one| one.id != attachment);
    }
    Ok(HttpResponse::NoContent().finish())
}
