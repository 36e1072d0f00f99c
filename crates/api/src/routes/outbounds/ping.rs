use actix_web::{post, web};
use postroom_registry::{
    GrantId, OutboundId,
    audit::{self, Action},
    connection::ConnectionState,
    grant, notification, outbound,
};
use uuid::Uuid;

use super::FOLDER;
use crate::{
    Api, Problem,
    connection::{Ping, Probe, Verdict},
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
    let probe = Probe {
        tenant: caller.tenant,
        grant: &grant,
        mailbox: &row.mailbox,
        folder: FOLDER,
        receives: false,
        sends: true,
    };
    let pinged = api.ping(&probe).await?;
    settle(&api, &caller, row.id, grant.id, pinged.verdict).await?;
    Ok(web::Json(pinged.ping))
}

/// Writes down what was proven, unless somebody paused the outbound or signed in anew meanwhile, and that it was
/// asked.
async fn settle(
    api: &Api,
    caller: &Administrator,
    id: OutboundId,
    proven_with: GrantId,
    verdict: Option<Verdict>,
) -> Result<(), Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = outbound::find(&tx, id).await?;
    let holds = row.state != ConnectionState::Paused && row.grant_id == proven_with;
    let verdict = verdict.filter(|_| holds);
    let mut entry = did_to_outbound(caller, Action::OutboundTested, &row);
    if let Some((state, _)) = &verdict {
        entry = entry.changed("state", Some(row.state.word()), Some(state.word()));
    }
    audit::record(&tx, &entry).await?;
    let mut woken = Vec::new();
    if let Some((state, detail)) = verdict {
        let was_out = row.state != state && state == ConnectionState::Active;
        outbound::set_state(&tx, row, state, detail).await?;
        if was_out {
            woken = notification::wake(&tx, id).await?;
        }
    }
    tx.commit().await?;
    api.ring_send(caller.tenant, &woken).await;
    Ok(())
}
