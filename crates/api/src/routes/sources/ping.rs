use actix_web::{post, web};
use postroom_mailbox::PingRequest;
use postroom_registry::{
    GrantId, SourceId,
    audit::{self, Action},
    connection::{ConnectionState, Event},
    grant, source,
};
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{AtWork, Ping},
    doors::Administrator,
    problem::ErrorBody,
    routes::trail::did_to_source,
};

/// Tries, right by right, whether a source can do its work on its mailbox. What that proves becomes its state.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path)),
    responses((status = OK, body = Ping), (status = "default", body = ErrorBody))
)]
#[post("/sources/{id}/ping")]
pub(crate) async fn ping_source(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
) -> Result<web::Json<Ping>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    let grant = grant::find(&tx, row.grant_id).await?;
    tx.commit().await?;
    let wanted = PingRequest {
        granted: &grant.scopes,
        folder: &row.folder_id,
        read: true,
        write: row.settle != source::Settle::Leave,
        send: false,
    };
    let pinged = api.ping(AtWork::source(&grant, &row), &wanted).await?;
    settle(&api, &caller, row.id, grant.id, pinged.event).await?;
    Ok(web::Json(pinged.ping))
}

/// Writes down what was proven, unless somebody signed in anew meanwhile, and that it was asked.
async fn settle(
    api: &Api,
    caller: &Administrator,
    id: SourceId,
    proven_with: GrantId,
    event: Option<Event>,
) -> Result<(), Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let before = source::find(&tx, id).await?;
    let event = event.filter(|_| before.grant_id == proven_with);
    let row = match event {
        Some(event) => source::apply(&tx, id, &event).await?,
        None => before.clone(),
    };
    let entry = did_to_source(caller, Action::SourceChecked, &row).changed(
        "state",
        Some(before.state.word()),
        Some(row.state.word()),
    );
    audit::record(&tx, &entry).await?;
    let is_back = before.state != row.state && row.state == ConnectionState::Active;
    if is_back {
        source::poll_now(&tx, row).await?;
    }
    tx.commit().await?;
    if is_back {
        api.ring_poll(caller.tenant, id).await;
    }
    Ok(())
}
