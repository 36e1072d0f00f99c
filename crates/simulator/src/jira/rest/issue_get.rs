//! `GET /rest/api/3/issue/{issue}`

use actix_web::{HttpRequest, HttpResponse, web};

use super::request::Params;
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    views::{self, Selection},
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    issue: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    caller.on_issue(Scope::Read)?;
    let params = Params::of(&request);
    let wanted = Selection::new(&params.all("fields"), &params.all("properties"), "*all");
    let state = site.state();
    let issue = state.issue(&issue).ok_or_else(JiraError::no_issue)?;
    let mut answer = HttpResponse::Ok().json(views::issue(&site, &state, issue, &wanted));
    answer.extensions_mut().insert(Cost(1));
    Ok(answer)
}
