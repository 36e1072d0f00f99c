use actix_web::{post, web};
use postroom_registry::{
    GrantId, SourceId,
    audit::{self, Action},
    connection::ConnectionState,
    grant, source,
};
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{Ping, Probe, Verdict},
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
    let probe = Probe {
        tenant: caller.tenant,
        grant: &grant,
        mailbox: &row.mailbox,
        folder: &row.folder_id,
        receives: true,
        sends: false,
    };
    let pinged = api.ping(&probe).await?;
    settle(&api, &caller, row.id, grant.id, pinged.verdict).await?;
    Ok(web::Json(pinged.ping))
}

/// Writes down what was proven, unless somebody paused the source or signed in anew meanwhile, and that it was asked.
async fn settle(
    api: &Api,
    caller: &Administrator,
    id: SourceId,
    proven_with: GrantId,
    verdict: Option<Verdict>,
) -> Result<(), Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, id).await?;
    let holds = row.state != ConnectionState::Paused && row.grant_id == proven_with;
    let verdict = verdict.filter(|_| holds);
    let mut entry = did_to_source(caller, Action::SourceChecked, &row);
    if let Some((state, _)) = &verdict {
        entry = entry.changed("state", Some(row.state.word()), Some(state.word()));
    }
    audit::record(&tx, &entry).await?;
    let mut was_out = false;
    if let Some((state, detail)) = verdict {
        was_out = row.state != state && state == ConnectionState::Active;
        let row = source::set_state(&tx, row, state, detail).await?;
        if was_out {
            source::poll_now(&tx, row).await?;
        }
    }
    tx.commit().await?;
    if was_out {
        api.ring_poll(caller.tenant, id).await;
    }
    Ok(())
}
