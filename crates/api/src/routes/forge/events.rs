use actix_web::{HttpResponse, web};
use postroom_atlassian::forge::{Event, EventKind};

use crate::{Api, Problem, comment::Written, doors::ForgeEvent};

/// Something happened in Jira. It is noted and a bell is rung: Forge waits five seconds for the answer.
pub(crate) async fn events(api: web::Data<Api>, told: ForgeEvent) -> Result<HttpResponse, Problem> {
    let event = Event::parse(&told.body)
        .map_err(|error| Problem::invalid("body", "This is no event.").because(error))?;
    match event.kind {
        EventKind::CommentCreated { .. } if event.self_generated => {}
        EventKind::CommentCreated {
            issue_id,
            issue_key,
            comment_id,
            author,
        } => {
            let written = Written {
                issue_id,
                issue_key,
                comment_id,
                author,
            };
            api.comment_written(told.tenant, told.app_account_id, &written)
                .await?;
        }
        // The mails of an issue keep their place in the ledger, and an edited comment was told before.
        other => {
            tracing::info!(tenant = %told.tenant, event = ?other, "nothing to do for an event");
        }
    }
    Ok(HttpResponse::NoContent().finish())
}
