use actix_web::{get, web};
use postroom_registry::{OutboundId, outbound};
use uuid::Uuid;

use super::Outbound;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// One message outbound.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[get("/outbounds/{id}")]
pub(crate) async fn get_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Outbound>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    Ok(web::Json(api.show_outbound(tx, row).await?))
}
