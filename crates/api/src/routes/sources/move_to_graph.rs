use actix_web::{HttpResponse, post, web};
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::Protocol,
    source,
};
use uuid::Uuid;

use super::Source;
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody, routes::trail::did_to_source};

/// Moves a source from Exchange Web Services to Microsoft Graph. Its rules, its ledger and its place in the mailbox stay.
/// It goes on after the answer; `moving` of the source says how far it is. Where the sign-in does not carry Graph, the
/// source says that it needs one that does, and the move goes on after it.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = ACCEPTED, body = Source), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/move-to-graph")]
pub(crate) async fn move_source_to_graph(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    if row.protocol == Protocol::Graph {
        return Err(Problem::conflict(
            "This mailbox is read by Microsoft Graph already.",
        ));
    }
    if row.moving_total.is_some() {
        return Err(Problem::conflict(
            "This mailbox is on its way to Microsoft Graph already.",
        ));
    }
    let entry = did_to_source(&caller, Action::SourceMovedToGraph, &row).changed(
        "protocol",
        Some(row.protocol.word()),
        Some(Protocol::Graph.word()),
    );
    audit::record(&tx, &entry).await?;
    let row = source::begin_move(&tx, row).await?;
    let id = row.id;
    let seen = api.show_source(tx, row).await?;
    api.ring_move_to_graph(caller.tenant, id).await;
    Ok(HttpResponse::Accepted().json(seen))
}
