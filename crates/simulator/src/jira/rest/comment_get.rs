//! `GET /rest/api/3/issue/{issue}/comment/{id}`

use actix_web::{HttpRequest, HttpResponse, web};

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    views,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let (issue, id) = path.into_inner();
    let properties = Params::of(&request).lists("expand", "properties");
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let comment = issue
        .comment(&id)
        .ok_or_else(|| JiraError::no_comment(&id))?;
    let view = views::comment(&site, &state, issue, comment, properties);
    let mut answer = HttpResponse::Ok().json(view);
    answer.extensions_mut().insert(Cost(1));
    Ok(answer)
}
