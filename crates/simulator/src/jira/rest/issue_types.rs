//! `GET /rest/api/3/issuetype`

use actix_web::HttpResponse;
use serde_json::Value;

use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
};

pub(super) async fn handle(site: TheSite, caller: Caller) -> Result<HttpResponse, JiraError> {
    caller.someone(Scope::Read)?;
    let state = site.state();
    let mut types: Vec<_> = state
        .projects
        .iter()
        .flat_map(|one| &one.issue_types)
        .collect();
    types.sort_by(|one, other| one.id.cmp(&other.id));
    types.dedup_by(|one, other| one.id == other.id);
    let view: Vec<Value> = types.iter().map(|one| one.view(&site.base_url())).collect();
    let cost = Cost(view.len().try_into().unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(view);
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
