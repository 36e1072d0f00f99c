//! Making an issue.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    fields::{Complaints, Settable, unknown},
    properties,
};
use crate::jira::{
    error::JiraError,
    model::{
        issue::{Issue, Property},
        state::State,
    },
    site::Site,
    webhooks::{self, Event},
};

/// Makes an issue from a create request; nobody gets the complaint that the real Jira has for him.
pub(crate) fn create(
    site: &Arc<Site>,
    actor: Option<&str>,
    request: &Value,
) -> Result<Issue, JiraError> {
    let empty = Map::new();
    let fields = request["fields"].as_object().unwrap_or(&empty);
    let Some(actor) = actor else {
        let complaints = fields
            .keys()
            .map(|name| (name.clone(), unknown(name).into()));
        return Err(JiraError::fields(complaints.collect()));
    };
    let properties = properties::list(&request["properties"])?;
    let mut state = site.state();
    let mut complaints = Complaints::new();
    let (project, issue_type) = place(&state, fields, &mut complaints);
    if !fields.contains_key("summary") {
        let complaint = "You must specify a summary of the issue.";
        complaints.insert("summary".to_owned(), complaint.into());
    }
    let read = Settable::read(site, &state, fields, &mut complaints)?;
    if !complaints.is_empty() {
        return Err(JiraError::fields(complaints));
    }
    let now = site.clock.now();
    let id = state.new_id();
    let properties = properties
        .into_iter()
        .map(|(key, value)| (key, Property { value, set_at: now }))
        .collect();
    let issue = Issue {
        id,
        key: next_key(&mut state, &project),
        project,
        issue_type,
        summary: read.summary.unwrap_or_default(),
        description: read.description.flatten(),
        labels: read.labels.unwrap_or_default(),
        priority: read.priority.unwrap_or_else(|| "Medium".to_owned()),
        creator: actor.to_owned(),
        reporter: read.reporter.unwrap_or_else(|| actor.to_owned()),
        assignee: read.assignee.flatten(),
        created: now,
        updated: now,
        properties,
        comments: Vec::new(),
        attachments: Vec::new(),
    };
    state.issues.insert(id, issue.clone());
    let event = Event::of_issue("jira:issue_created", &issue, actor);
    webhooks::fire(site, &state, event);
    Ok(issue)
}

/// Project key and issue type id, or complaints.
fn place(
    state: &State,
    fields: &Map<String, Value>,
    complaints: &mut Complaints,
) -> (String, String) {
    let named = |field: &str, by: [&str; 2]| {
        let value = fields.get(field)?;
        by.iter().find_map(|name| value[*name].as_str())
    };
    let project = named("project", ["id", "key"]).and_then(|name| state.project(name));
    let Some(project) = project else {
        let complaint = "Specify a valid project ID or key";
        complaints.insert("project".to_owned(), complaint.into());
        return Default::default();
    };
    let issue_type = match named("issuetype", ["id", "name"]) {
        None => Err("Specify an issue type"),
        Some(name) => project.issue_type(name).ok_or("Specify a valid issue type"),
    };
    match issue_type {
        Ok(issue_type) => (project.key.clone(), issue_type.id.clone()),
        Err(complaint) => {
            complaints.insert("issuetype".to_owned(), complaint.into());
            (project.key.clone(), String::new())
        }
    }
}

fn next_key(state: &mut State, project: &str) -> String {
    let found = state.projects.iter_mut().find(|one| one.key == project);
    let number = found.map_or(0, |project| {
        project.next_number += 1;
        project.next_number - 1
    });
    format!("{project}-{number}")
}
