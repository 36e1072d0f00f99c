//! Changing and deleting an issue.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{
    fields::{Complaints, Settable},
    properties,
};
use crate::jira::{
    adf::wiki::wiki,
    error::JiraError,
    model::issue::{Issue, Property},
    site::Site,
    webhooks::{self, Event},
};

/// Changes the fields and properties that an edit request names.
pub(crate) fn edit(
    site: &Arc<Site>,
    actor: &str,
    id_or_key: &str,
    request: &Value,
) -> Result<(), JiraError> {
    let empty = Map::new();
    let fields = request["fields"].as_object().unwrap_or(&empty);
    let properties = properties::list(&request["properties"])?;
    let now = site.clock.now();
    let mut state = site.state();
    state.issue(id_or_key).ok_or_else(JiraError::no_issue)?;
    let mut complaints = Complaints::new();
    let read = Settable::read(site, &state, fields, &mut complaints)?;
    if !complaints.is_empty() {
        return Err(JiraError::fields(complaints));
    }
    let issue = state.issue_mut(id_or_key).ok_or_else(JiraError::no_issue)?;
    let changes = apply(issue, read);
    for (key, value) in properties {
        issue
            .properties
            .insert(key, Property { value, set_at: now });
    }
    issue.updated = now;
    let issue = issue.clone();
    let event = Event {
        changes: &changes,
        ..Event::of_issue("jira:issue_updated", &issue, actor)
    };
    webhooks::fire(site, &state, event);
    Ok(())
}

fn apply(issue: &mut Issue, read: Settable) -> Vec<Value> {
    let mut changes = Vec::new();
    if let Some(summary) = read.summary {
        changes.push(change("summary", &issue.summary, &summary));
        issue.summary = summary;
    }
    if let Some(description) = read.description {
        let text = |document: &Option<Value>| document.as_ref().map(wiki).unwrap_or_default();
        changes.push(change(
            "description",
            &text(&issue.description),
            &text(&description),
        ));
        issue.description = description;
    }
    if let Some(labels) = read.labels {
        changes.push(change("labels", &issue.labels.join(" "), &labels.join(" ")));
        issue.labels = labels;
    }
    if let Some(priority) = read.priority {
        changes.push(change("priority", &issue.priority, &priority));
        issue.priority = priority;
    }
    if let Some(reporter) = read.reporter {
        changes.push(change("reporter", &issue.reporter, &reporter));
        issue.reporter = reporter;
    }
    if let Some(assignee) = read.assignee {
        let name = |person: &Option<String>| person.clone().unwrap_or_default();
        changes.push(change("assignee", &name(&issue.assignee), &name(&assignee)));
        issue.assignee = assignee;
    }
    changes
}

fn change(field: &str, from: &str, to: &str) -> Value {
    json!({
        "field": field, "fieldtype": "jira", "fieldId": field,
        "from": null, "fromString": from, "to": null, "toString": to,
    })
}

/// Deletes an issue with all that hangs on it.
pub(crate) fn delete(site: &Arc<Site>, actor: &str, id_or_key: &str) -> Result<(), JiraError> {
    let mut state = site.state();
    let id = state.issue(id_or_key).ok_or_else(JiraError::no_issue)?.id;
    if let Some(issue) = state.issues.remove(&id) {
        let event = Event::of_issue("jira:issue_deleted", &issue, actor);
        webhooks::fire(site, &state, event);
    }
    Ok(())
}
