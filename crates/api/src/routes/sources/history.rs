use actix_web::{get, web};
use postroom_registry::{SourceId, connection::ConnectionKind};
use uuid::Uuid;

use crate::{
    Api, Problem, connection::History, doors::Viewer, problem::ErrorBody, routes::in_scope,
};

/// How a message source was, the newest state first.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = History), (status = "default", body = ErrorBody))
)]
#[get("/sources/{id}/history")]
pub(crate) async fn get_source_history(
    api: web::Data<Api>,
    viewer: Viewer,
    id: web::Path<Uuid>,
) -> Result<web::Json<History>, Problem> {
    let tx = api.registry.begin(viewer.caller.tenant).await?;
    let row = in_scope::source(&tx, &viewer.projects, SourceId(*id)).await?;
    Ok(web::Json(
        api.history(tx, ConnectionKind::Source, row.id.0).await?,
    ))
}
