//! What the panel asks of Jira.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// A project that mail can go to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Project {
    id: String,
    key: String,
    name: String,
    issue_types: Vec<IssueType>,
}

/// What mail can become there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssueType {
    id: String,
    name: String,
}

/// All projects.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProjectList {
    items: Vec<Project>,
}

/// The projects in which the app can create issues.
#[utoipa::path(
    tag = "jira",
    responses((status = OK, body = ProjectList), (status = "default", body = ErrorBody))
)]
#[get("/jira/projects")]
pub(crate) async fn list_projects(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<ProjectList>, Problem> {
    let projects = api.jira(caller.tenant).await?.projects().await?;
    let items = projects.into_iter().map(|project| Project {
        id: project.id,
        key: project.key,
        name: project.name,
        issue_types: project
            .issue_types
            .into_iter()
            .map(|it| IssueType {
                id: it.id,
                name: it.name,
            })
            .collect(),
    });
    Ok(web::Json(ProjectList {
        items: items.collect(),
    }))
}
