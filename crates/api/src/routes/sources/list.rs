use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::Source;
use crate::{Api, Problem, doors::Viewer, problem::ErrorBody, routes::in_scope};

/// All message sources of the site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceList {
    /// In the order of their making.
    items: Vec<Source>,
}

/// All message sources that the account may look at.
#[utoipa::path(
    tag = "sources",
    responses((status = OK, body = SourceList), (status = "default", body = ErrorBody))
)]
#[get("/sources")]
pub(crate) async fn list_sources(
    api: web::Data<Api>,
    viewer: Viewer,
) -> Result<web::Json<SourceList>, Problem> {
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    let rows = in_scope::sources(&tx, &viewer.projects).await?;
    let items = api.show_sources(tx, rows).await?;
    Ok(web::Json(SourceList { items }))
}
