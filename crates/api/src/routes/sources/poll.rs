use actix_web::{post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::ConnectionState,
    source,
};
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Looks into a mailbox now.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/poll")]
pub(crate) async fn poll_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Source>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    if row.state == ConnectionState::Paused {
        return Err(Problem::conflict("This mailbox is paused.").act("Resume it first."));
    }
    audit::record(&tx, &did_to_source(&caller, Action::SourceChecked, &row)).await?;
    let row = source::poll_now(&tx, row).await?;
    let id = row.id;
    let seen = api.show_source(tx, row).await?;
    api.ring_poll(caller.tenant, id).await;
    Ok(web::Json(seen))
}
