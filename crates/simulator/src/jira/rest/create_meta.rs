//! `GET /rest/api/3/issue/createmeta/{project}/issuetypes`

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{project_get, request::Params};
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    project: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let params = Params::of(&request);
    let start = params.number("startAt", 0)?;
    let most = params.number("maxResults", 50)?.min(200);
    let state = site.state();
    let project = project_get::find(&state, &project, actor.is_some())?;
    let page: Vec<Value> = project
        .issue_types
        .iter()
        .skip(start)
        .take(most)
        .map(|one| one.view(&site.base_url()))
        .collect();
    let cost = Cost(page.len().try_into().unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(json!({
        "startAt": start,
        "maxResults": most,
        "total": project.issue_types.len(),
        "issueTypes": page,
    }));
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
