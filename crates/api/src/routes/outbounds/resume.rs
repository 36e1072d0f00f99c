use actix_web::{post, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    notification, outbound,
};
use uuid::Uuid;

use super::Outbound;
use crate::{
    Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_outbound,
};

/// Goes on with a paused outbound: what waits goes out at once.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[post("/outbounds/{id}/resume")]
pub(crate) async fn resume_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Outbound>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    if row.state != ConnectionState::Paused {
        return Err(Problem::conflict("This outbound is not paused."));
    }
    let before = row.state.word();
    let row = outbound::apply(&tx, row.id, &Event::Resumed).await?;
    let entry = did_to_outbound(&caller, Action::OutboundResumed, &row).changed(
        "state",
        Some(before),
        Some(row.state.word()),
    );
    audit::record(&tx, &entry).await?;
    let woken = notification::wake(&tx, row.id).await?;
    let seen = api.show_outbound(tx, row).await?;
    api.ring_send(caller.tenant, &woken).await;
    Ok(web::Json(seen))
}
