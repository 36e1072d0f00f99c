//! Checking the fields of an issue that shall be made or changed.

use serde_json::{Map, Value};

use crate::jira::{error::JiraError, model::state::State, site::Site};

/// Longest summary, in characters.
const LONGEST_SUMMARY: usize = 255;

/// The complaints about single fields, collected before they are answered together.
pub(super) type Complaints = Map<String, Value>;

/// What may be set on an issue besides its project and type. `None` leaves a field as it is.
#[derive(Debug, Default)]
pub(super) struct Settable {
    pub(super) summary: Option<String>,
    pub(super) description: Option<Option<Value>>,
    pub(super) labels: Option<Vec<String>>,
    pub(super) priority: Option<String>,
    pub(super) reporter: Option<String>,
    pub(super) assignee: Option<Option<String>>,
}

impl Settable {
    /// Reads the fields; what is wrong with single ones goes to `complaints`.
    pub(super) fn read(
        site: &Site,
        state: &State,
        fields: &Map<String, Value>,
        complaints: &mut Complaints,
    ) -> Result<Self, JiraError> {
        let mut read = Self::default();
        for (name, value) in fields {
            let outcome = match name.as_str() {
                "project" | "issuetype" => Ok(()),
                "summary" => summary(value).map(|text| read.summary = Some(text)),
                "labels" => labels(value).map(|list| read.labels = Some(list)),
                "priority" => priority(value).map(|name| read.priority = Some(name)),
                "reporter" => person(state, value, "The reporter specified is not a user.")
                    .map(|person| read.reporter = person),
                "assignee" => person(state, value, "User '' does not exist.")
                    .map(|person| read.assignee = Some(person)),
                "description" => {
                    read.description = Some(description(site, state, value)?);
                    Ok(())
                }
                _ => Err(unknown(name)),
            };
            if let Err(complaint) = outcome {
                complaints.insert(name.clone(), complaint.into());
            }
        }
        Ok(read)
    }
}

/// What Jira says about a field that it does not know, and to nobody about any field.
pub(super) fn unknown(name: &str) -> String {
    format!("Field '{name}' cannot be set. It is not on the appropriate screen, or unknown.")
}

fn summary(value: &Value) -> Result<String, String> {
    let text = value.as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err("You must specify a summary of the issue.".to_owned());
    }
    if text.contains(['\n', '\r']) {
        return Err("The summary is invalid because it contains newline characters.".to_owned());
    }
    if text.chars().count() > LONGEST_SUMMARY {
        return Err("Summary can't exceed 255 characters.".to_owned());
    }
    Ok(text.trim().to_owned())
}

fn description(site: &Site, state: &State, value: &Value) -> Result<Option<Value>, JiraError> {
    if value.is_null() {
        return Ok(None);
    }
    site.shared
        .adf
        .check(value, |id| state.media(id).is_some())
        .map_err(|problem| problem.refusal("description"))?;
    Ok(Some(value.clone()))
}

fn labels(value: &Value) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or("data was not an array")?;
    list.iter()
        .map(|label| {
            let label = label.as_str().ok_or("string expected at index 0")?;
            if label.contains(char::is_whitespace) {
                return Err(format!(
                    "The label '{label}' contains spaces which is invalid."
                ));
            }
            if label.chars().count() > LONGEST_SUMMARY {
                return Err(format!("The label '{label}' exceeds 255 characters."));
            }
            Ok(label.to_owned())
        })
        .collect()
}

fn priority(value: &Value) -> Result<String, String> {
    let known = super::PRIORITIES.iter().enumerate().find(|(at, name)| {
        let id = (at + 1).to_string();
        value["id"] == id.as_str()
            || value["name"]
                .as_str()
                .is_some_and(|one| one.eq_ignore_ascii_case(name))
    });
    known
        .map(|(_, name)| (*name).to_owned())
        .ok_or_else(|| "Specify a valid priority ID or name".to_owned())
}

fn person(state: &State, value: &Value, complaint: &str) -> Result<Option<String>, String> {
    let id = value["id"].as_str().or_else(|| value["accountId"].as_str());
    match id {
        None if value.is_null() || value["id"].is_null() => Ok(None),
        Some(id) if state.user(id).is_some() => Ok(Some(id.to_owned())),
        _ => Err(complaint.to_owned()),
    }
}
