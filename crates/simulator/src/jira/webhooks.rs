//! Webhooks of the app's descriptor: made when something happens, sent in the background, in order for each issue.

pub(crate) mod delivery;
pub(crate) mod outbox;
mod payload;
mod send;

use std::sync::Arc;

use serde_json::Value;

use self::outbox::Outgoing;
use super::{
    forge, jql,
    lifecycle::modules::Hook,
    model::{
        issue::{Attachment, Comment, Issue},
        state::State,
    },
    qsh,
    site::Site,
};

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'a> {
    pub(crate) name: &'static str,
    pub(crate) issue: &'a Issue,
    pub(crate) comment: Option<&'a Comment>,
    /// For events of an attachment.
    pub(crate) attachment: Option<&'a Attachment>,
    /// Account id of who did it.
    pub(crate) actor: &'a str,
    /// Items of the changelog, for updates.
    pub(crate) changes: &'a [Value],
}

impl<'a> Event<'a> {
    /// Something that happened to an issue as a whole.
    pub(crate) fn of_issue(name: &'static str, issue: &'a Issue, actor: &'a str) -> Self {
        Self {
            name,
            issue,
            comment: None,
            attachment: None,
            actor,
            changes: &[],
        }
    }
}

/// Tells the apps, where they listen. Call it under the site's lock, so that the order is that of the changes.
pub(crate) fn fire(site: &Arc<Site>, state: &State, event: Event<'_>) {
    forge::events::fire(site, state, &event);
    let Some(app) = state.app.as_ref().filter(|app| app.enabled) else {
        return;
    };
    let now = site.clock.now();
    for hook in app.descriptor.hooks(event.name) {
        let wanted = hook
            .filter
            .as_deref()
            .is_none_or(|filter| jql::meets(state, event.issue, filter, now));
        if wanted {
            let body = if hook.exclude_body {
                String::new()
            } else {
                payload::of(site, state, event).to_string()
            };
            let outgoing = Outgoing {
                identifier: site.clock.new_id().to_string(),
                event: event.name,
                base_url: app.descriptor.base_url.clone(),
                target: target(&hook, event, state.settings.webhook_user_query),
                body,
                issue: event.issue.id,
            };
            site.outbox.push(site, outgoing);
        }
    }
}

/// The hook's path with its variables filled in and, as the settings say, the acting user in its query.
fn target(hook: &Hook, event: Event<'_>, with_user: bool) -> String {
    let comment = event.comment.map(|comment| comment.id.to_string());
    let path = hook
        .url
        .replace("{issue.id}", &event.issue.id.to_string())
        .replace("{issue.key}", &event.issue.key)
        .replace("{project.key}", &event.issue.project)
        .replace("{comment.id}", comment.as_deref().unwrap_or_default());
    let slash = if path.starts_with('/') { "" } else { "/" };
    if !with_user {
        return format!("{slash}{path}");
    }
    let join = if path.contains('?') { '&' } else { '?' };
    let user = qsh::encode(event.actor);
    format!("{slash}{path}{join}user_id={user}&user_key={user}")
}
