//! Attaching files to an issue.

use std::sync::Arc;

use actix_web::http::StatusCode;
use bytes::Bytes;
use serde_json::json;

use super::{
    error::JiraError,
    model::{
        issue::{Attachment, Issue},
        state::State,
    },
    site::Site,
    webhooks::{self, Event},
};

/// A file that was uploaded.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) mime_type: String,
    pub(crate) content: Bytes,
}

/// Attaches all files or, when one does not fit, none.
pub(crate) fn add(
    site: &Arc<Site>,
    actor: &str,
    id_or_key: &str,
    files: Vec<File>,
) -> Result<Vec<Attachment>, JiraError> {
    let now = site.clock.now();
    let mut state = site.state();
    let most = state.settings.attachments_per_issue;
    let issue = state.issue(id_or_key).ok_or_else(JiraError::no_issue)?;
    if issue.attachments.len() + files.len() > most {
        return Err(JiraError::message(
            StatusCode::PAYLOAD_TOO_LARGE,
            &format!("The issue exceeds the limit of {most} attachments."),
        ));
    }
    let added: Vec<Attachment> = files
        .into_iter()
        .map(|file| Attachment {
            id: state.new_id(),
            media_id: site.clock.new_id().to_string(),
            filename: file.name,
            mime_type: file.mime_type,
            author: actor.to_owned(),
            created: now,
            content: file.content,
        })
        .collect();
    let issue = state.issue_mut(id_or_key).ok_or_else(JiraError::no_issue)?;
    issue.attachments.extend(added.iter().cloned());
    issue.updated = now;
    let issue = issue.clone();
    tell(site, &state, &issue, actor, &added);
    Ok(added)
}

fn tell(site: &Arc<Site>, state: &State, issue: &Issue, actor: &str, added: &[Attachment]) {
    let changes: Vec<_> = added
        .iter()
        .map(|one| {
            json!({
                "field": "Attachment", "fieldtype": "jira", "fieldId": "attachment",
                "from": null, "fromString": null, "to": one.id.to_string(), "toString": one.filename,
            })
        })
        .collect();
    let event = Event {
        changes: &changes,
        ..Event::of_issue("jira:issue_updated", issue, actor)
    };
    webhooks::fire(site, state, event);
    for one in added {
        let event = Event {
            attachment: Some(one),
            ..Event::of_issue("attachment_created", issue, actor)
        };
        webhooks::fire(site, state, event);
    }
}
