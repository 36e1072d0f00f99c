use actix_web::{post, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::{ConnectionState, StateDetail},
    notification, outbound,
};
use uuid::Uuid;

use super::{Outbound, view};
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
    let entry = did_to_outbound(&caller, Action::OutboundResumed, &row).changed(
        "state",
        Some(row.state.word()),
        Some(ConnectionState::Active.word()),
    );
    audit::record(&tx, &entry).await?;
    let row =
        outbound::set_state(&tx, row, ConnectionState::Active, StateDetail::default()).await?;
    let woken = notification::wake(&tx, row.id).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    api.ring_send(caller.tenant, &woken).await;
    Ok(web::Json(seen))
}
