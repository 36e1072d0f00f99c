//! `GET /rest/api/3/field`

use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::jira::{error::JiraError, gate::Caller, lifecycle::scope::Scope};

/// Ids, names and types of the system fields that issues have here.
const FIELDS: [(&str, &str, &str); 14] = [
    ("summary", "Summary", "string"),
    ("description", "Description", "string"),
    ("labels", "Labels", "array"),
    ("project", "Project", "project"),
    ("issuetype", "Issue Type", "issuetype"),
    ("status", "Status", "status"),
    ("priority", "Priority", "priority"),
    ("reporter", "Reporter", "user"),
    ("creator", "Creator", "user"),
    ("assignee", "Assignee", "user"),
    ("created", "Created", "datetime"),
    ("updated", "Updated", "datetime"),
    ("attachment", "Attachment", "array"),
    ("comment", "Comment", "comments-page"),
];

pub(super) async fn handle(caller: Caller) -> Result<HttpResponse, JiraError> {
    caller.actor(Scope::Read)?;
    let view = |(id, name, kind): &(&str, &str, &str)| {
        json!({
            "id": id, "key": id, "name": name, "custom": false, "orderable": true,
            "navigable": true, "searchable": true, "clauseNames": [id],
            "schema": {"type": kind, "system": id},
        })
    };
    let all: Vec<Value> = FIELDS.iter().map(view).collect();
    Ok(HttpResponse::Ok().json(all))
}
