//! `GET /jira/{site}/issues`: everything that is on the site, for a test to look at.

use actix_web::{HttpResponse, web};
use serde_json::{Map, Value, json};

use super::find;
use crate::{
    control::ControlError,
    jira::model::{
        issue::{Attachment, Comment, Issue},
        state::State,
    },
    world::World,
};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let state = site.state();
    let all: Vec<Value> = state
        .issues
        .values()
        .map(|one| issue(&state, one))
        .collect();
    Ok(HttpResponse::Ok().json(all))
}

fn issue(state: &State, issue: &Issue) -> Value {
    let properties: Map<String, Value> = issue
        .properties
        .iter()
        .map(|(key, property)| (key.clone(), property.value.clone()))
        .collect();
    let issue_type = state
        .project(&issue.project)
        .and_then(|project| project.issue_type(&issue.issue_type))
        .map(|issue_type| &issue_type.name);
    json!({
        "id": issue.id.to_string(),
        "key": issue.key,
        "project": issue.project,
        "summary": issue.summary,
        "issue_type": issue_type,
        "description": issue.description,
        "labels": issue.labels,
        "reporter": author(state, &issue.reporter),
        "properties": properties,
        "comments": issue.comments.iter().map(|one| comment(state, one)).collect::<Vec<_>>(),
        "attachments": issue.attachments.iter().map(|one| attachment(state, one)).collect::<Vec<_>>(),
        "created": issue.created,
        "updated": issue.updated,
    })
}

fn comment(state: &State, comment: &Comment) -> Value {
    json!({
        "id": comment.id.to_string(),
        "author": author(state, &comment.author),
        "body": comment.body,
        "properties": comment.properties,
        "created": comment.created,
    })
}

fn attachment(state: &State, attachment: &Attachment) -> Value {
    json!({
        "id": attachment.id.to_string(),
        "media_id": attachment.media_id,
        "filename": attachment.filename,
        "size": attachment.content.len(),
        "mimeType": attachment.mime_type,
        "author": author(state, &attachment.author),
        "created": attachment.created,
    })
}

fn author(state: &State, account_id: &str) -> Value {
    let user = state.user(account_id);
    json!({
        "accountId": account_id,
        "accountType": user.map(|user| &user.account_type),
        "displayName": user.map(|user| &user.display_name),
    })
}
