use actix_web::{post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    mail, source,
};
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Goes on with a paused mailbox: what waits is taken up at once.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/resume")]
pub(crate) async fn resume_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Source>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    if row.state != ConnectionState::Paused {
        return Err(Problem::conflict("This mailbox is not paused."));
    }
    let before = row.state.word();
    let row = source::apply(&tx, row.id, &Event::Resumed).await?;
    let entry = did_to_source(&caller, Action::SourceResumed, &row).changed(
        "state",
        Some(before),
        Some(row.state.word()),
    );
    audit::record(&tx, &entry).await?;
    let row = source::poll_now(&tx, row).await?;
    let woken = mail::wake(&tx, row.id).await?;
    let id = row.id;
    let seen = api.show_source(tx, row).await?;
    api.ring_poll(caller.tenant, id).await;
    api.ring_process(caller.tenant, &woken).await;
    Ok(web::Json(seen))
}
