//! `POST /rest/api/3/permissions/check`

use actix_web::HttpResponse;
use bytes::Bytes;
use serde_json::{Value, json};

use super::request;
use crate::jira::{
    error::JiraError,
    gate::{Caller, TheSite},
    lifecycle::scope::Scope,
    model::{people::User, project::Project, state::State},
    views::names,
};

const GLOBAL: [&str; 4] = ["ADMINISTER", "SYSTEM_ADMIN", "BULK_CHANGE", "USER_PICKER"];

pub(super) async fn handle(
    site: TheSite,
    caller: Caller,
    body: Bytes,
) -> Result<HttpResponse, JiraError> {
    let me = caller.someone(Scope::Read)?;
    let body = request::json(&body)?;
    let account_id = body["accountId"].as_str().unwrap_or(&me).to_owned();
    let of_another = account_id != me;
    if of_another && !matches!(caller, Caller::App { .. }) && !caller.is_admin() {
        return Err(JiraError::forbidden(
            "You do not have permission to check the permissions of another user.",
        ));
    }
    let state = site.state();
    let user = state.user(&account_id).filter(|user| user.active);
    let asked = names(&body["globalPermissions"]);
    if let Some(unknown) = asked.iter().find(|name| !GLOBAL.contains(&name.as_str())) {
        return Err(JiraError::bad(&format!(
            "Unrecognized permission: {unknown}"
        )));
    }
    let granted: Vec<&String> = asked
        .iter()
        .filter(|name| user.is_some_and(|user| has(user, name)))
        .collect();
    let projects: Vec<Value> = body["projectPermissions"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|wanted| project(&state, user, wanted))
        .collect();
    Ok(HttpResponse::Ok().json(json!({
        "globalPermissions": granted,
        "projectPermissions": projects,
    })))
}

fn has(user: &User, permission: &str) -> bool {
    match permission {
        "ADMINISTER" | "SYSTEM_ADMIN" => user.admin,
        _ => user.account_type != "app",
    }
}

/// Everybody on the site may work in its projects; who may administer them, they know.
fn project(state: &State, user: Option<&User>, wanted: &Value) -> Vec<Value> {
    let ids = |name: &str, exists: &dyn Fn(&str) -> bool| -> Vec<u64> {
        let list = wanted[name].as_array().into_iter().flatten();
        list.filter_map(Value::as_u64)
            .filter(|id| exists(&id.to_string()))
            .collect()
    };
    let issues = ids("issues", &|id| state.issue(id).is_some());
    let projects = ids("projects", &|id| state.project(id).is_some());
    names(&wanted["permissions"])
        .into_iter()
        .map(|permission| {
            let granted = |project: Option<&Project>| match (user, project) {
                (Some(user), Some(project)) => {
                    permission != "ADMINISTER_PROJECTS" || project.is_run_by(user)
                }
                _ => false,
            };
            let of_issue = |id: &&u64| {
                let issue = state.issue(&id.to_string());
                granted(issue.and_then(|issue| state.project(&issue.project)))
            };
            let issues: Vec<_> = issues.iter().filter(of_issue).collect();
            let of_project = |id: &&u64| granted(state.project(&id.to_string()));
            let projects: Vec<_> = projects.iter().filter(of_project).collect();
            json!({"permission": permission, "issues": issues, "projects": projects})
        })
        .collect()
}
