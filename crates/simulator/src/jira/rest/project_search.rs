//! `GET /rest/api/3/project/search`

use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::{project_get, request::Params};
use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    model::project::Project,
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let params = Params::of(&request);
    let start = params.number("startAt", 0)?;
    let most = params.number("maxResults", 50)?.min(100);
    let query = params.get("query").unwrap_or_default().to_lowercase();
    let keys = params.all("keys");
    let is_wanted = |project: &&Project| {
        let text = format!("{} {}", project.key, project.name).to_lowercase();
        text.contains(&query) && (keys.is_empty() || keys.contains(&project.key))
    };
    let state = site.state();
    // To nobody no project is visible, which is no error.
    let visible = state.projects.iter().filter(|_| actor.is_some());
    let mut found: Vec<&Project> = visible.filter(is_wanted).collect();
    found.sort_by(|one, other| one.key.cmp(&other.key));
    let with_types = params.lists("expand", "issueTypes");
    let page: Vec<Value> = found
        .iter()
        .skip(start)
        .take(most)
        .map(|project| project_get::view(&site.base_url(), project, with_types))
        .collect();
    let cost = Cost(page.len().try_into().unwrap_or(u64::MAX));
    let mut answer = HttpResponse::Ok().json(json!({
        "self": format!("{}{}", site.base_url(), request.uri()),
        "startAt": start,
        "maxResults": most,
        "total": found.len(),
        "isLast": start + page.len() >= found.len(),
        "values": page,
    }));
    answer.extensions_mut().insert(cost);
    Ok(answer)
}
