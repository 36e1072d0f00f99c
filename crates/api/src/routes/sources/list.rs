use actix_web::{get, web};
use postroom_registry::source;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Source, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// All message sources of the site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceList {
    /// In the order of their making.
    items: Vec<Source>,
}

/// All message sources.
#[utoipa::path(
    tag = "sources",
    responses((status = OK, body = SourceList), (status = "default", body = ErrorBody))
)]
#[get("/sources")]
pub(crate) async fn list_sources(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<SourceList>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let mut items = Vec::new();
    for row in source::list(&tx).await? {
        items.push(view(&tx, row).await?);
    }
    tx.commit().await?;
    Ok(web::Json(SourceList { items }))
}
