use actix_web::{post, web};
use postroom_azure_oauth::scopes::Work;
use postroom_registry::{
    OutboundId,
    audit::{self, Action},
    connection::Protocol,
    grant, notification, outbound,
};
use uuid::Uuid;

use super::{FOLDER, Outbound};
use crate::{
    Api, Problem,
    connection::AtWork,
    doors::Administrator,
    problem::ErrorBody,
    routes::{
        connections::{is_shared, may},
        trail::did_to_outbound,
    },
};

/// Moves an outbound from Exchange Web Services to Microsoft Graph, with the same sign-in. What waits goes out by Graph.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Outbound), (status = "default", body = ErrorBody))
)]
#[post("/outbounds/{id}/move-to-graph")]
pub(crate) async fn move_outbound_to_graph(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Outbound>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    let grant = grant::find(&tx, row.grant_id).await?;
    tx.commit().await?;
    if row.protocol == Protocol::Graph {
        return Err(Problem::conflict(
            "This mailbox sends by Microsoft Graph already.",
        ));
    }
    let shared = is_shared(&grant, &row.mailbox);
    may(&grant, &Work::outbound(Protocol::Graph, shared))?;
    let at = AtWork {
        grant: &grant,
        protocol: Protocol::Graph,
        mailbox: &row.mailbox,
    };
    api.open_folder(at, FOLDER).await?;

    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::move_to_graph(&tx, row.id).await?;
    let entry = did_to_outbound(&caller, Action::OutboundMovedToGraph, &row).changed(
        "protocol",
        Some(Protocol::Ews.word()),
        Some(Protocol::Graph.word()),
    );
    audit::record(&tx, &entry).await?;
    let woken = notification::wake(&tx, row.id).await?;
    let seen = api.show_outbound(tx, row).await?;
    api.ring_send(caller.tenant, &woken).await;
    Ok(web::Json(seen))
}
