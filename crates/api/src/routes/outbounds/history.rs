use actix_web::{get, web};
use postroom_registry::{OutboundId, connection::ConnectionKind, outbound};
use uuid::Uuid;

use crate::{Api, Problem, connection::History, doors::Administrator, problem::ErrorBody};

/// How a message outbound was, the newest state first.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = History), (status = "default", body = ErrorBody))
)]
#[get("/outbounds/{id}/history")]
pub(crate) async fn get_outbound_history(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<History>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    Ok(web::Json(
        api.history(tx, ConnectionKind::Outbound, row.id.0).await?,
    ))
}
