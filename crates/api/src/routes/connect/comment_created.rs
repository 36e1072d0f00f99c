use actix_web::{HttpResponse, post, web};
use postroom_registry::{mail, notification};
use serde::Deserialize;

use crate::{Api, Problem, doors::Hook};

#[derive(Deserialize)]
struct Event {
    comment: Comment,
    issue: Issue,
}

#[derive(Deserialize)]
struct Comment {
    id: String,
    author: Option<Author>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Author {
    account_id: Option<String>,
}

#[derive(Deserialize)]
struct Issue {
    id: String,
    key: String,
}

/// A comment was written. On an issue that came from mail, it may have to go out: it is noted, once, however often
/// Jira tells of it, and sent by a worker.
#[post("/webhooks/comment-created")]
pub(crate) async fn comment_created(
    api: web::Data<Api>,
    hook: Hook,
) -> Result<HttpResponse, Problem> {
    let event: Event = serde_json::from_slice(&hook.body)
        .map_err(|error| Problem::invalid("body", "This is no comment event.").because(error))?;
    if is_ours(&api, &hook, &event).await {
        return Ok(HttpResponse::NoContent().finish());
    }
    let tx = api.registry.begin(hook.tenant).await?;
    let noted = match mail::of_issue(&tx, &event.issue.id).await?.is_empty() {
        true => None,
        false => {
            notification::insert(&tx, &event.issue.id, &event.issue.key, &event.comment.id).await?
        }
    };
    tx.commit().await?;
    if let Some(id) = noted {
        api.ring_send(hook.tenant, &[id]).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Our own comments are mails already. Where the site did not tell who we are, the worker knows our comments by the
/// mark that they carry.
async fn is_ours(api: &Api, hook: &Hook, event: &Event) -> bool {
    let author = event
        .comment
        .author
        .as_ref()
        .and_then(|author| author.account_id.as_deref());
    let app = match &hook.app_account_id {
        Some(app) => Some(app.clone()),
        None => api.learn_app_account(hook.tenant).await.ok(),
    };
    app.is_some() && app.as_deref() == author
}
