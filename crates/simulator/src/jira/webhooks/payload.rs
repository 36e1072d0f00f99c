//! What a webhook says.

use serde_json::{Value, json};

use super::Event;
use crate::jira::{
    adf::wiki::wiki,
    model::{issue::Comment, jira_time, state::State},
    site::Site,
    views,
};

/// Fields of an issue that a comment's webhook carries.
const REDUCED: [&str; 6] = [
    "summary",
    "issuetype",
    "project",
    "assignee",
    "priority",
    "status",
];

/// The body of a webhook. Texts are wiki markup, not ADF, as in Jira's own.
pub(super) fn of(site: &Site, state: &State, event: Event<'_>) -> Value {
    let user = views::user(site, state, event.actor);
    let mut body = json!({
        "timestamp": site.clock.now().timestamp_millis(),
        "webhookEvent": event.name,
    });
    if let Some(comment) = event.comment {
        body["comment"] = comment_view(site, state, event, comment);
        body["issue"] = issue_view(site, state, event, &REDUCED);
        body["eventType"] = "primaryAction".into();
    } else if let Some(attachment) = event.attachment {
        body["attachment"] = views::attachment(site, state, attachment);
    } else {
        body["issue_event_type_name"] = event.name.trim_start_matches("jira:").into();
        body["user"] = user;
        body["issue"] = issue_view(site, state, event, &[]);
        if !event.changes.is_empty() {
            let id = site.clock.now().timestamp_millis().to_string();
            body["changelog"] = json!({"id": id, "items": event.changes});
        }
    }
    body
}

fn comment_view(site: &Site, state: &State, event: Event<'_>, comment: &Comment) -> Value {
    let issue = event.issue.id;
    json!({
        "self": format!("{}/rest/api/2/issue/{issue}/comment/{}", site.base_url(), comment.id),
        "id": comment.id.to_string(),
        "author": views::user(site, state, &comment.author),
        "updateAuthor": views::user(site, state, &comment.update_author),
        "body": wiki(&comment.body),
        "created": jira_time(comment.created),
        "updated": jira_time(comment.updated),
        "jsdPublic": true,
    })
}

fn issue_view(site: &Site, state: &State, event: Event<'_>, only: &[&str]) -> Value {
    let issue = event.issue;
    let mut fields = views::issue_fields(site, state, issue);
    if let Some(description) = &issue.description {
        fields.insert("description".to_owned(), wiki(description).into());
    }
    fields.remove("comment");
    if !only.is_empty() {
        fields.retain(|name, _| only.contains(&name.as_str()));
    }
    json!({
        "id": issue.id.to_string(),
        "self": format!("{}/rest/api/2/{}", site.base_url(), issue.id),
        "key": issue.key,
        "fields": fields,
    })
}
