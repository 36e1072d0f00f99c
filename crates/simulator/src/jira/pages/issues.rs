//! `/` and `/projects/{project}`: the issues, newest first.

use actix_web::{HttpResponse, http::StatusCode, web};
use minijinja::{Value, context};

use super::{
    render::{links, problem, show},
    visitor::Visitor,
};
use crate::jira::{
    gate::TheSite,
    model::{issue::Issue, state::State},
};

pub(super) async fn all(site: TheSite, visitor: Visitor) -> HttpResponse {
    page(&site, &visitor, None)
}

pub(super) async fn of_project(
    site: TheSite,
    visitor: Visitor,
    project: web::Path<String>,
) -> HttpResponse {
    if site.state().project(&project).is_none() {
        return problem(
            StatusCode::NOT_FOUND,
            &site,
            &visitor,
            "There is no such project.",
        );
    }
    page(&site, &visitor, Some(&project))
}

fn page(site: &TheSite, visitor: &Visitor, project: Option<&str>) -> HttpResponse {
    let page = {
        let state = site.state();
        let projects: Vec<Value> = state
            .projects
            .iter()
            .filter(|one| project.is_none_or(|key| one.key.eq_ignore_ascii_case(key)))
            .map(|one| {
                let issues = state.issues.values().rev();
                let own = issues.filter(|issue| issue.project == one.key);
                let rows: Vec<Value> = own.map(|issue| row(&state, issue)).collect();
                context! {
                    key => one.key.clone(),
                    name => one.name.clone(),
                    issues => rows,
                    settings => links(&state, visitor, Some(one)),
                }
            })
            .collect();
        context! { projects => projects }
    };
    show(StatusCode::OK, site, visitor, "issues.html", page)
}

fn row(state: &State, issue: &Issue) -> Value {
    let issue_type = state
        .project(&issue.project)
        .and_then(|project| project.issue_type(&issue.issue_type));
    context! {
        key => issue.key.clone(),
        summary => issue.summary.clone(),
        issue_type => issue_type.map(|one| one.name.clone()),
        reporter => state.user(&issue.reporter).map(|user| user.display_name.clone()),
        created => issue.created.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        comments => issue.comments.len(),
        attachments => issue.attachments.len(),
    }
}
