use actix_web::{post, web};
use postroom_mailbox::PingRequest;
use postroom_registry::{
    GrantId, OutboundId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    grant, notification, outbound,
};
use uuid::Uuid;

use super::FOLDER;
use crate::{
    Api, Problem,
    connection::{AtWork, Ping},
    doors::Administrator,
    problem::ErrorBody,
    routes::trail::did_to_outbound,
};

/// Tries, right by right, whether an outbound can do its work. No mail is sent. What that proves becomes its state.
#[utoipa::path(
    tag = "outbounds",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Ping), (status = "default", body = ErrorBody))
)]
#[post("/outbounds/{id}/ping")]
pub(crate) async fn ping_outbound(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Ping>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, OutboundId(*id)).await?;
    let grant = grant::find(&tx, row.grant_id).await?;
    tx.commit().await?;
    let wanted = PingRequest {
        granted: &grant.scopes,
        folder: FOLDER,
        read: false,
        write: false,
        send: true,
    };
    let pinged = api.ping(AtWork::outbound(&grant, &row), &wanted).await?;
    settle(&api, &caller, row.id, grant.id, pinged.event).await?;
    Ok(web::Json(pinged.ping))
}

/// Writes down what was proven, unless somebody signed in anew meanwhile, and that it was asked.
async fn settle(
    api: &Api,
    caller: &Administrator,
    id: OutboundId,
    proven_with: GrantId,
    event: Option<Event>,
) -> Result<(), Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let before = outbound::find(&tx, id).await?;
    let event = event.filter(|_| before.grant_id == proven_with);
    let row = match event {
        Some(event) => outbound::apply(&tx, id, &event).await?,
        None => before.clone(),
    };
    let entry = did_to_outbound(caller, Action::OutboundTested, &row).changed(
        "state",
        Some(before.state.word()),
        Some(row.state.word()),
    );
    audit::record(&tx, &entry).await?;
    let is_back = before.state != row.state && row.state == ConnectionState::Active;
    let woken = match is_back {
        true => notification::wake(&tx, id).await?,
        false => Vec::new(),
    };
    tx.commit().await?;
    api.ring_send(caller.tenant, &woken).await;
    Ok(())
}
