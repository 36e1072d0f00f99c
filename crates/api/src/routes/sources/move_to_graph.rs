use actix_web::{HttpResponse, post, web};
use postroom_azure_oauth::scopes::Work;
use postroom_registry::{
    SourceId,
    audit::{self, Action},
    connection::Protocol,
    grant,
    source::{self, Settle},
};
use uuid::Uuid;

use super::Source;
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{
        connections::{is_shared, may},
        trail::did_to_source,
    },
};

/// Moves a source from Exchange Web Services to Microsoft Graph. Its rules, its ledger and its place in the mailbox stay.
/// It goes on after the answer; `moving` of the source says how far it is.
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
    let grant = grant::find(&tx, row.grant_id).await?;
    let changes = row.settle != Settle::Leave;
    let shared = is_shared(&grant, &row.mailbox);
    may(&grant, &Work::source(Protocol::Graph, shared, changes))?;
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
