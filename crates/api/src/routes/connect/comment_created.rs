use actix_web::{HttpResponse, post, web};
use serde::Deserialize;

use crate::{Api, Problem, comment::Written, doors::Hook};

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

/// A comment was written. On an issue that came from mail, it may have to go out.
#[post("/webhooks/comment-created")]
pub(crate) async fn comment_created(
    api: web::Data<Api>,
    hook: Hook,
) -> Result<HttpResponse, Problem> {
    let event: Event = serde_json::from_slice(&hook.body)
        .map_err(|error| Problem::invalid("body", "This is no comment event.").because(error))?;
    let written = Written {
        issue_id: event.issue.id,
        issue_key: event.issue.key,
        comment_id: event.comment.id,
        author: event.comment.author.and_then(|author| author.account_id),
    };
    api.comment_written(hook.tenant, hook.app_account_id, &written)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
