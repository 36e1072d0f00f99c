//! Adding, changing and deleting comments, with the webhooks that follow.

use std::sync::Arc;

use serde_json::Value;

use super::{
    adf,
    error::JiraError,
    issues::properties,
    model::{
        issue::{Comment, Issue},
        state::State,
    },
    site::Site,
    webhooks::{self, Event},
};

/// Adds a comment; the issue and the comment as they stand then.
pub(crate) fn add(
    site: &Arc<Site>,
    actor: &str,
    id_or_key: &str,
    request: &Value,
) -> Result<(Issue, Comment), JiraError> {
    let properties = properties::list(&request["properties"])?;
    let now = site.clock.now();
    let mut state = site.state();
    let most = state.settings.comments_per_issue;
    let issue = state.issue(id_or_key).ok_or_else(JiraError::no_issue)?;
    if issue.comments.len() >= most {
        return Err(JiraError::bad(&format!(
            "The issue has reached the limit of {most} comments."
        )));
    }
    check_body(site, &state, &request["body"])?;
    let comment = Comment {
        id: state.new_id(),
        author: actor.to_owned(),
        update_author: actor.to_owned(),
        body: request["body"].clone(),
        created: now,
        updated: now,
        properties: properties.into_iter().collect(),
    };
    let issue = state.issue_mut(id_or_key).ok_or_else(JiraError::no_issue)?;
    issue.comments.push(comment.clone());
    issue.updated = now;
    let issue = issue.clone();
    tell(site, &state, "comment_created", (&issue, &comment), actor);
    Ok((issue, comment))
}

/// Changes a comment's body and properties.
pub(crate) fn edit(
    site: &Arc<Site>,
    actor: &str,
    id_or_key: &str,
    id: &str,
    request: &Value,
) -> Result<(Issue, Comment), JiraError> {
    let properties = properties::list(&request["properties"])?;
    let now = site.clock.now();
    let mut state = site.state();
    check_body(site, &state, &request["body"])?;
    let issue = state.issue_mut(id_or_key).ok_or_else(JiraError::no_issue)?;
    let comment = issue
        .comment_mut(id)
        .ok_or_else(|| JiraError::no_comment(id))?;
    comment.body = request["body"].clone();
    comment.update_author = actor.to_owned();
    comment.updated = now;
    comment.properties.extend(properties);
    let comment = comment.clone();
    issue.updated = now;
    let issue = issue.clone();
    tell(site, &state, "comment_updated", (&issue, &comment), actor);
    Ok((issue, comment))
}

/// Deletes a comment.
pub(crate) fn delete(
    site: &Arc<Site>,
    actor: &str,
    id_or_key: &str,
    id: &str,
) -> Result<(), JiraError> {
    let mut state = site.state();
    let issue = state.issue_mut(id_or_key).ok_or_else(JiraError::no_issue)?;
    let comment = issue
        .comment(id)
        .cloned()
        .ok_or_else(|| JiraError::no_comment(id))?;
    issue.comments.retain(|one| one.id != comment.id);
    let issue = issue.clone();
    tell(site, &state, "comment_deleted", (&issue, &comment), actor);
    Ok(())
}

fn check_body(site: &Site, state: &State, body: &Value) -> Result<(), JiraError> {
    if body.is_null() {
        return Err(JiraError::field(
            "comment",
            "Comment body can not be empty!",
        ));
    }
    site.shared
        .adf
        .check(body, |id| state.media(id).is_some())
        .map_err(|problem| problem.refusal("comment"))?;
    if adf::children(body).next().is_none() {
        return Err(JiraError::field(
            "comment",
            "Comment body can not be empty!",
        ));
    }
    Ok(())
}

fn tell(
    site: &Arc<Site>,
    state: &State,
    name: &'static str,
    (issue, comment): (&Issue, &Comment),
    actor: &str,
) {
    let event = Event {
        comment: Some(comment),
        ..Event::of_issue(name, issue, actor)
    };
    webhooks::fire(site, state, event);
}
