//! Telling an app's back end what happened on the site.

use std::sync::Arc;

use super::{
    delivery::{self, Outgoing},
    payload,
};
use crate::jira::{model::state::State, site::Site, webhooks::Event};

/// Forge's name of something that happened. Source: Atlassian's page "Jira events" of Forge.
fn name_of(event: &Event<'_>) -> Option<&'static str> {
    Some(match event.name {
        "jira:issue_created" => "avi:jira:created:issue",
        "jira:issue_updated" => "avi:jira:updated:issue",
        "jira:issue_deleted" => "avi:jira:deleted:issue",
        // One name for both: an edited comment has another `updated` than `created`.
        "comment_created" | "comment_updated" => "avi:jira:commented:issue",
        "comment_deleted" => "avi:jira:deleted:comment",
        "attachment_created" => "avi:jira:created:attachment",
        "attachment_deleted" => "avi:jira:deleted:attachment",
        _ => return None,
    })
}

/// Tells the app, where its manifest listens. It is called under the site's lock and sends in the background.
pub(crate) fn fire(site: &Arc<Site>, state: &State, event: &Event<'_>) {
    let (Some(app), Some(name)) = (state.forge.as_ref(), name_of(event)) else {
        return;
    };
    let own = event.actor == app.account_id;
    for trigger in app.manifest.triggers(name) {
        if own && trigger.ignore_self {
            continue;
        }
        let outgoing = Outgoing {
            id: site.clock.new_id().to_string(),
            event: name.to_owned(),
            app: app.clone(),
            endpoint: trigger.endpoint,
            body: payload::of(site, state, event, name, own),
            is_product_event: true,
        };
        let site = Arc::clone(site);
        tokio::spawn(async move { delivery::deliver(&site, outgoing).await });
    }
}
