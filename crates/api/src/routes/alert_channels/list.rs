use actix_web::{get, web};
use postroom_registry::alert_channel;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{AlertChannel, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// All alert channels of the site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertChannelList {
    /// In the order of their making.
    items: Vec<AlertChannel>,
}

/// Where the site is told that a connection is out of order.
#[utoipa::path(
    tag = "alerts",
    responses((status = OK, body = AlertChannelList), (status = "default", body = ErrorBody))
)]
#[get("/alert-channels")]
pub(crate) async fn list_alert_channels(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<AlertChannelList>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let mut items = Vec::new();
    for row in alert_channel::list(&tx).await? {
        items.push(view(&tx, row).await?);
    }
    tx.commit().await?;
    Ok(web::Json(AlertChannelList { items }))
}
