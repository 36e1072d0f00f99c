use actix_web::{post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    source,
};
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Stops reading a mailbox until somebody resumes it. Mail waits in the mailbox.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/pause")]
pub(crate) async fn pause_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Source>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    // Who pauses it again does not become the one who paused it.
    if row.state == ConnectionState::Paused {
        return Ok(web::Json(api.show_source(tx, row).await?));
    }
    let entry = did_to_source(&caller, Action::SourcePaused, &row).changed(
        "state",
        Some(row.state.word()),
        Some(ConnectionState::Paused.word()),
    );
    audit::record(&tx, &entry).await?;
    let by = caller.account_id.clone();
    let row = source::apply(&tx, row.id, &Event::Paused { by }).await?;
    Ok(web::Json(api.show_source(tx, row).await?))
}
