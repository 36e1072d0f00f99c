use actix_web::{get, web};
use postroom_registry::SourceId;
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Viewer, problem::ErrorBody, routes::in_scope};

/// One message source.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Source), (status = "default", body = ErrorBody))
)]
#[get("/sources/{id}")]
pub(crate) async fn get_source(
    api: web::Data<Api>,
    viewer: Viewer,
    id: web::Path<Uuid>,
) -> Result<web::Json<Source>, Problem> {
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    let row = in_scope::source(&tx, &viewer.projects, SourceId(*id)).await?;
    Ok(web::Json(api.show_source(tx, row).await?))
}
