use actix_web::{get, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    AuditId,
    audit::{self, Action, Filter},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entry::AuditEntry;
use crate::{Api, Problem, doors::Administrator, paging, problem::ErrorBody};

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The `next` of the page before.
    before: Option<Uuid>,
    /// How many, 1 to 200; 50 unless told.
    limit: Option<u64>,
    /// Only this action, e.g. `source.paused`.
    action: Option<String>,
    /// Only what was done to this thing.
    subject_id: Option<String>,
    /// Not earlier.
    from: Option<DateTime<Utc>>,
    /// Earlier.
    to: Option<DateTime<Utc>>,
}

/// A page of the trail.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditPage {
    /// The newest first.
    items: Vec<AuditEntry>,
    /// Where the next page begins; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Who changed what, the newest first.
#[utoipa::path(
    tag = "audit",
    params(Asked),
    responses((status = OK, body = AuditPage), (status = "default", body = ErrorBody))
)]
#[get("/audit")]
pub(crate) async fn list_audit(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Query<Asked>,
) -> Result<web::Json<AuditPage>, Problem> {
    let asked = asked.into_inner();
    let limit = paging::limit(asked.limit);
    let filter = Filter {
        before: asked.before.map(AuditId),
        limit: limit + 1,
        action: asked.action.as_deref().map(action).transpose()?,
        // PostgreSQL has no such character.
        subject_id: asked.subject_id.map(|id| id.replace('\0', "")),
        from: asked.from.map(paging::within),
        to: asked.to.map(paging::within),
    };
    let tx = api.registry.begin(caller.tenant).await?;
    let mut rows = audit::list(&tx, &filter).await?;
    tx.commit().await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let accounts = rows.iter().filter_map(|row| row.actor_account.as_deref());
    let names = api.names_of(caller.tenant, accounts).await;
    let items = rows.into_iter().map(|row| AuditEntry::of(row, &names));
    Ok(web::Json(AuditPage {
        items: items.collect(),
        next,
    }))
}

fn action(word: &str) -> Result<Action, Problem> {
    word.parse()
        .map_err(|_| Problem::invalid("action", "There is no such action."))
}
