//! What an event says.
//!
//! Source: Atlassian's page "Jira events" of Forge. Texts are Atlassian documents, unlike those of Connect's webhooks.

use serde_json::{Value, json};

use crate::jira::{
    model::{
        issue::{Attachment, Comment, Issue},
        jira_time,
        state::State,
    },
    site::Site,
    views,
    webhooks::Event,
};

/// Fields of an issue that an event carries.
const FIELDS: [&str; 9] = [
    "summary",
    "issuetype",
    "creator",
    "created",
    "project",
    "reporter",
    "assignee",
    "updated",
    "status",
];

/// The body of an event, flat.
pub(super) fn of(site: &Site, state: &State, event: &Event<'_>, name: &str, own: bool) -> Value {
    let mut body = json!({
        "eventType": name,
        "timestamp": site.clock.now().timestamp_millis().to_string(),
        "selfGenerated": own,
        "atlassianId": event.actor,
        "associatedUsers": [{"accountId": event.actor}],
    });
    if let Some(attachment) = event.attachment {
        body["attachment"] = attachment_view(site, state, event.issue, attachment);
        return body;
    }
    body["issue"] = issue_view(site, state, event.issue);
    if let Some(comment) = event.comment {
        body["comment"] = comment_view(site, state, comment);
    }
    if !event.changes.is_empty() {
        body["changelog"] = json!({ "items": event.changes });
    }
    body
}

fn issue_view(site: &Site, state: &State, issue: &Issue) -> Value {
    let mut fields = views::issue_fields(site, state, issue);
    fields.retain(|name, _| FIELDS.contains(&name.as_str()));
    json!({"id": issue.id.to_string(), "key": issue.key, "fields": fields})
}

fn comment_view(site: &Site, state: &State, comment: &Comment) -> Value {
    json!({
        "id": comment.id.to_string(),
        "author": views::user(site, state, &comment.author),
        "updateAuthor": views::user(site, state, &comment.update_author),
        "body": comment.body,
        "created": jira_time(comment.created),
        "updated": jira_time(comment.updated),
        "jsdPublic": true,
    })
}

fn attachment_view(site: &Site, state: &State, issue: &Issue, attachment: &Attachment) -> Value {
    json!({
        "id": attachment.id.to_string(),
        "issueId": issue.id.to_string(),
        "fileName": attachment.filename,
        "createDate": jira_time(attachment.created),
        "size": attachment.content.len().to_string(),
        "mimeType": attachment.mime_type,
        "author": views::user(site, state, &attachment.author),
    })
}
