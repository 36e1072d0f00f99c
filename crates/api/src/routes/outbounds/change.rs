use actix_web::{patch, web};
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    outbound,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Outbound, view};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{name, trail::did_to_outbound},
};

/// What to change. What is not named stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOutbound {
    /// Another name.
    name: Option<String>,
}

/// Changes a message outbound.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    request_body = ChangeOutbound,
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[patch("/outbounds/{id}")]
pub(crate) async fn change_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Json<ChangeOutbound>,
) -> Result<web::Json<Outbound>, Problem> {
    let new_name = asked.name.as_deref().map(name).transpose()?;
    let tx = api.registry.begin(caller.tenant).await?;
    let mut row = outbound::find(&tx, OutboundId(*id)).await?;
    if let Some(new_name) = new_name {
        let before = row.name.clone();
        row = outbound::rename(&tx, row, &new_name).await?;
        let entry = did_to_outbound(&caller, Action::OutboundChanged, &row).changed(
            "name",
            Some(&before),
            Some(&new_name),
        );
        if !entry.changes.is_empty() {
            audit::record(&tx, &entry).await?;
        }
    }
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(web::Json(seen))
}
