//! `GET /rest/api/3/project/{project}`

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::Value;

use crate::jira::{
    error::JiraError,
    gate::{Caller, Cost, TheSite},
    lifecycle::scope::Scope,
    model::{project::Project, state::State},
};

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    project: web::Path<String>,
) -> Result<HttpResponse, JiraError> {
    let actor = caller.actor(Scope::Read)?;
    let state = site.state();
    let project = find(&state, &project, actor.is_some())?;
    let mut answer = HttpResponse::Ok().json(view(&site.base_url(), project, true));
    answer.extensions_mut().insert(Cost(1));
    Ok(answer)
}

/// A project by id or key, if it is visible.
pub(super) fn find<'a>(
    state: &'a State,
    id_or_key: &str,
    visible: bool,
) -> Result<&'a Project, JiraError> {
    state.project(id_or_key).filter(|_| visible).ok_or_else(|| {
        JiraError::message(
            StatusCode::NOT_FOUND,
            &format!("No project could be found with key '{id_or_key}'."),
        )
    })
}

pub(super) fn view(base_url: &str, project: &Project, issue_types: bool) -> Value {
    let mut view = project.view(base_url);
    view["expand"] = "description,lead,issueTypes,url,projectKeys,permissions,insight".into();
    view["entityId"] = crate::jira::model::fixed_uuid(&["project", &project.id])
        .to_string()
        .into();
    view["properties"] = Value::Object(serde_json::Map::new());
    if issue_types {
        view["issueTypes"] = project
            .issue_types
            .iter()
            .map(|one| one.view(base_url))
            .collect();
    }
    view
}
