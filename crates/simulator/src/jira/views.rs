//! How REST shows what the site holds.

mod selection;

use serde_json::{Map, Value, json};

pub(crate) use self::selection::{Selection, names};
use super::{
    model::{
        issue::{Attachment, Comment, Issue},
        jira_time,
        state::State,
    },
    site::Site,
};

/// A user by account id; `null` for an account that is gone.
pub(crate) fn user(site: &Site, state: &State, account_id: &str) -> Value {
    state
        .user(account_id)
        .map_or(Value::Null, |user| user.view(&site.base_url()))
}

/// All fields of an issue, by name.
pub(crate) fn issue_fields(site: &Site, state: &State, issue: &Issue) -> Map<String, Value> {
    let base = &site.base_url();
    let project = state.project(&issue.project);
    let kind = project.and_then(|project| project.issue_type(&issue.issue_type));
    let comments: Vec<Value> = issue
        .comments
        .iter()
        .map(|one| comment(site, state, issue, one, false))
        .collect();
    let attachments: Vec<Value> = issue
        .attachments
        .iter()
        .map(|one| attachment(site, state, one))
        .collect();
    let total = comments.len();
    let fields = json!({
        "summary": issue.summary,
        "description": issue.description,
        "labels": issue.labels,
        "project": project.map(|project| project.view(base)),
        "issuetype": kind.map(|kind| kind.view(base)),
        "status": status(base),
        "priority": priority(base, &issue.priority),
        "reporter": user(site, state, &issue.reporter),
        "creator": user(site, state, &issue.creator),
        "assignee": issue.assignee.as_deref().map(|id| user(site, state, id)),
        "created": jira_time(issue.created),
        "updated": jira_time(issue.updated),
        "resolution": null,
        "resolutiondate": null,
        "subtasks": [],
        "issuelinks": [],
        "attachment": attachments,
        "comment": {
            "comments": comments,
            "self": format!("{base}/rest/api/3/issue/{}/comment", issue.id),
            "maxResults": total,
            "total": total,
            "startAt": 0,
        },
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// An issue with the fields and properties that were asked for.
pub(crate) fn issue(site: &Site, state: &State, issue: &Issue, wanted: &Selection) -> Value {
    let mut fields = issue_fields(site, state, issue);
    fields.retain(|name, _| wanted.has_field(name));
    let mut view = json!({
        "expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
        "id": issue.id.to_string(),
        "self": format!("{}/rest/api/3/issue/{}", site.base_url(), issue.id),
        "key": issue.key,
        "fields": fields,
    });
    let properties: Map<String, Value> = issue
        .properties
        .iter()
        .filter(|(key, _)| wanted.has_property(key))
        .map(|(key, property)| (key.clone(), property.value.clone()))
        .collect();
    if wanted.asks_properties() {
        view["properties"] = properties.into();
    }
    view
}

/// A comment, on request with its properties.
pub(crate) fn comment(
    site: &Site,
    state: &State,
    issue: &Issue,
    comment: &Comment,
    properties: bool,
) -> Value {
    let mut view = json!({
        "self": format!("{}/rest/api/3/issue/{}/comment/{}", site.base_url(), issue.id, comment.id),
        "id": comment.id.to_string(),
        "author": user(site, state, &comment.author),
        "updateAuthor": user(site, state, &comment.update_author),
        "body": comment.body,
        "created": jira_time(comment.created),
        "updated": jira_time(comment.updated),
        "jsdPublic": true,
    });
    if properties {
        let list = comment.properties.iter();
        view["properties"] = list
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
    }
    view
}

/// An attachment's metadata.
pub(crate) fn attachment(site: &Site, state: &State, attachment: &Attachment) -> Value {
    let base = &site.base_url();
    json!({
        "self": format!("{base}/rest/api/3/attachment/{}", attachment.id),
        "id": attachment.id.to_string(),
        "filename": attachment.filename,
        "author": user(site, state, &attachment.author),
        "created": jira_time(attachment.created),
        "size": attachment.content.len(),
        "mimeType": attachment.mime_type,
        "content": format!("{base}/rest/api/3/attachment/content/{}", attachment.id),
    })
}

fn status(base: &str) -> Value {
    json!({
        "self": format!("{base}/rest/api/3/status/10000"),
        "description": "",
        "iconUrl": format!("{base}/avatars/status"),
        "name": "To Do",
        "id": "10000",
        "statusCategory": {
            "self": format!("{base}/rest/api/3/statuscategory/2"),
            "id": 2, "key": "new", "colorName": "blue-gray", "name": "To Do",
        },
    })
}

fn priority(base: &str, name: &str) -> Value {
    let id = super::issues::priority_id(name);
    json!({
        "self": format!("{base}/rest/api/3/priority/{id}"),
        "iconUrl": format!("{base}/avatars/priority"),
        "name": name,
        "id": id.to_string(),
    })
}
