//! `/browse/{issue}`: one issue with its text, files and comments.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use minijinja::{Value, context};

use super::{
    render::{refused, show},
    visitor::Visitor,
};
use crate::jira::{
    adf::html,
    error::JiraError,
    gate::TheSite,
    model::{
        issue::{Attachment, Comment, Issue},
        state::State,
    },
};

pub(super) async fn handle(
    site: TheSite,
    visitor: Visitor,
    issue: web::Path<String>,
) -> HttpResponse {
    let page = {
        let state = site.state();
        state.issue(&issue).map(|issue| page(&state, issue))
    };
    match page {
        Some(page) => show(StatusCode::OK, &site, &visitor, "issue.html", page),
        None => refused(&site, &visitor, &JiraError::no_issue()),
    }
}

fn page(state: &State, issue: &Issue) -> Value {
    let project = state.project(&issue.project);
    let issue_type = project.and_then(|project| project.issue_type(&issue.issue_type));
    let comments: Vec<Value> = issue
        .comments
        .iter()
        .map(|one| comment(state, one))
        .collect();
    let attachments: Vec<Value> = issue
        .attachments
        .iter()
        .map(|one| attachment(state, one))
        .collect();
    context! {
        key => issue.key.clone(),
        summary => issue.summary.clone(),
        project => context! { key => issue.project.clone(), name => project.map(|one| one.name.clone()) },
        issue_type => issue_type.map(|one| one.name.clone()),
        labels => issue.labels.clone(),
        priority => issue.priority.clone(),
        reporter => name(state, &issue.reporter),
        created => time(issue.created),
        description => issue.description.as_ref().map(|document| shown(state, document)),
        comments => comments,
        attachments => attachments,
    }
}

fn comment(state: &State, comment: &Comment) -> Value {
    let author = state.user(&comment.author);
    context! {
        id => comment.id,
        author => name(state, &comment.author),
        by_app => author.is_some_and(|user| user.account_type == "app"),
        created => time(comment.created),
        changed => comment.updated > comment.created,
        body => shown(state, &comment.body),
    }
}

fn attachment(state: &State, attachment: &Attachment) -> Value {
    context! {
        url => url(attachment),
        filename => attachment.filename.clone(),
        size => attachment.content.len(),
        mime_type => attachment.mime_type.clone(),
        author => name(state, &attachment.author),
    }
}

fn shown(state: &State, document: &serde_json::Value) -> Value {
    Value::from_safe_string(html::html(document, &|id| state.media(id).map(url)))
}

fn url(attachment: &Attachment) -> String {
    format!("/secure/attachment/{}/file", attachment.id)
}

fn name(state: &State, account_id: &str) -> String {
    state
        .user(account_id)
        .map_or("somebody".to_owned(), |user| user.display_name.clone())
}

fn time(at: DateTime<Utc>) -> Value {
    context! { machine => at.to_rfc3339(), text => at.format("%e %B %Y, %H:%M:%S UTC").to_string() }
}
