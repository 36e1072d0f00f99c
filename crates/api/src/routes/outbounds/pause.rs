use actix_web::{post, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    outbound,
};
use uuid::Uuid;

use super::Outbound;
use crate::{
    Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_outbound,
};

/// Stops sending until somebody resumes it. What is to go out waits.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[post("/outbounds/{id}/pause")]
pub(crate) async fn pause_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Outbound>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    // Who pauses it again does not become the one who paused it.
    if row.state == ConnectionState::Paused {
        return Ok(web::Json(api.show_outbound(tx, row).await?));
    }
    let entry = did_to_outbound(&caller, Action::OutboundPaused, &row).changed(
        "state",
        Some(row.state.word()),
        Some(ConnectionState::Paused.word()),
    );
    audit::record(&tx, &entry).await?;
    let by = caller.account_id.clone();
    let row = outbound::apply(&tx, row.id, &Event::Paused { by }).await?;
    Ok(web::Json(api.show_outbound(tx, row).await?))
}
