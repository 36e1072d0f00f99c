use actix_web::{post, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::{ConnectionState, StateDetail},
    outbound,
};
use uuid::Uuid;

use super::{Outbound, view};
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
        let seen = view(&tx, row).await?;
        tx.commit().await?;
        return Ok(web::Json(seen));
    }
    let entry = did_to_outbound(&caller, Action::OutboundPaused, &row).changed(
        "state",
        Some(row.state.word()),
        Some(ConnectionState::Paused.word()),
    );
    audit::record(&tx, &entry).await?;
    let detail = StateDetail {
        paused_by: Some(caller.account_id.clone()),
        ..StateDetail::default()
    };
    let row = outbound::set_state(&tx, row, ConnectionState::Paused, detail).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
