//! `GET /rest/api/3/project`: all projects at once, deprecated but still there.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::{project_get, request::Params};
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let with_types = Params::of(&request).lists("expand", "issueTypes");
    let state = site.state();
    let visible = state.projects.iter().filter(|_| actor.is_some());
    let all: Vec<Value> = visible
        .map(|project| project_get::view(&site.base_url(), project, with_types))
        .collect();
    let cost = Cost(all.len().try_into().unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(all);
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
