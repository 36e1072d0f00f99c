use actix_web::{HttpResponse, post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::ConnectionState,
    source,
};
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Compares the whole folder with the ledger, and takes in what is missing. It goes on after the answer; `reconciled` of
/// the source says what came of it.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = ACCEPTED, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/reconcile")]
pub(crate) async fn reconcile_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    if row.state == ConnectionState::Paused {
        return Err(Problem::conflict("This mailbox is paused.").act("Resume it first."));
    }
    audit::record(&tx, &did_to_source(&caller, Action::SourceChecked, &row)).await?;
    let row = source::reconcile_now(&tx, row).await?;
    let id = row.id;
    let seen = api.show_source(tx, row).await?;
    api.ring_reconcile(caller.tenant, id).await;
    Ok(HttpResponse::Accepted().json(seen))
}
