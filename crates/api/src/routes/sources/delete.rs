use actix_web::{HttpResponse, delete, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    source,
};
use uuid::Uuid;

use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Disconnects a mailbox. Its mails and their history are kept; the mailbox is not touched.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT), (status = "default", body = ErrorBody))
)]
#[delete("/sources/{id}")]
pub(crate) async fn delete_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    audit::record(&tx, &did_to_source(&caller, Action::SourceDeleted, &row)).await?;
    source::delete(&tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
