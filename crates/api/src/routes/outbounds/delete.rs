use actix_web::{HttpResponse, delete, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    outbound,
};
use uuid::Uuid;

use crate::{
    Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_outbound,
};

/// Disconnects a mailbox. The notifications that it sent are kept in the log.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[delete("/outbounds/{id}")]
pub(crate) async fn delete_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    audit::record(
        &tx,
        &did_to_outbound(&caller, Action::OutboundDeleted, &row),
    )
    .await?;
    outbound::delete(&tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
