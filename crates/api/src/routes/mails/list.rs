use actix_web::{get, web};
use postroom_registry::{MailId, SourceId, mail};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::row::{MailRow, MailState};
use crate::{
    Api, Problem,
    doors::{Scope, Viewer},
    paging,
    problem::ErrorBody,
    routes::in_scope,
};

/// Which mails.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MailQuery {
    /// Only this state.
    state: Option<MailState>,
    /// Only this source.
    source_id: Option<Uuid>,
    /// Words in subject, sender or issue key.
    q: Option<String>,
    /// Where the page begins: `next` of the page before.
    before: Option<String>,
    /// Rows of a page, 1 to 200; 50 unless told.
    limit: Option<u64>,
}

/// A page of the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailPage {
    /// The newest first.
    items: Vec<MailRow>,
    /// Where the next page begins; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// The mail log, as far as the account may look at it, the newest first.
#[utoipa::path(
    tag = "mails",
    params(MailQuery),
    responses((status = OK, body = MailPage), (status = "default", body = ErrorBody))
)]
#[get("/mails")]
pub(crate) async fn list_mails(
    api: web::Data<Api>,
    viewer: Viewer,
    asked: web::Query<MailQuery>,
) -> Result<web::Json<MailPage>, Problem> {
    let limit = paging::limit(asked.limit);
    let mut query = mail::Query {
        state: asked.state.map(Into::into),
        source_id: asked.source_id.map(SourceId),
        words: asked
            .q
            .as_deref()
            .map(|words| words.trim().replace('\0', "")),
        before: paging::read::<MailId>(asked.before.as_deref())?,
        limit: limit + 1,
        sources: None,
    };
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    if viewer.projects != Scope::Site {
        let seen = in_scope::sources(&tx, &viewer.projects).await?;
        query.sources = Some(seen.into_iter().map(|source| source.id).collect());
    }
    let rows = mail::log(&tx, &query).await?;
    tx.commit().await?;
    let (rows, next) = paging::page(rows, limit, |row| (row.received_at, row.id.0));
    Ok(web::Json(MailPage {
        items: rows.iter().map(MailRow::from).collect(),
        next,
    }))
}
