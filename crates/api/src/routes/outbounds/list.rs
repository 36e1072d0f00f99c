use actix_web::{get, web};
use postroom_registry::outbound;
use serde::Serialize;
use utoipa::ToSchema;

use super::Outbound;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// All message outbounds of the site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutboundList {
    /// In the order of their making.
    items: Vec<Outbound>,
}

/// All message outbounds.
#[utoipa::path(
    tag = "outbounds",
    responses((status = OK, body = OutboundList), (status = "default", body = ErrorBody))
)]
#[get("/outbounds")]
pub(crate) async fn list_outbounds(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<OutboundList>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let rows = outbound::list(&tx).await?;
    let items = api.show_outbounds(tx, rows).await?;
    Ok(web::Json(OutboundList { items }))
}
