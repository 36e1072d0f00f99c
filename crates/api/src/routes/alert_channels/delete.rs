use actix_web::{HttpResponse, delete, web};
use postroom_registry::{
    AlertChannelId, alert_channel,
    audit::{self, Action},
};
use uuid::Uuid;

use crate::{
    Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_channel,
};

/// Deletes a channel. What it was told of stays in the list of incidents.
#[utoipa::path(
    tag = "alerts",
    params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[delete("/alert-channels/{id}")]
pub(crate) async fn delete_alert_channel(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = alert_channel::find(&tx, AlertChannelId(*id)).await?;
    let entry = did_to_channel(&caller, Action::AlertChannelDeleted, &row);
    audit::record(&tx, &entry).await?;
    alert_channel::delete(&tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
