use actix_web::{get, web};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{TenantTx, outbound, source, statistics, tenant};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Problem,
    doors::{Administrator, Site},
    problem::ErrorBody,
};

/// Longer than there are mails.
const EVER: TimeDelta = TimeDelta::days(50 * 365);

/// Whether there is something to move here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MoveOffer {
    /// What the Connect app of this very site has, or an installation of the Forge app that is gone; nothing when there
    /// is none, it moved before, or the call comes through Connect.
    #[schema(required)]
    offer: Option<Movable>,
}

/// What another installation of this site has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Movable {
    /// Where people open the site.
    site_url: String,
    /// Message sources.
    sources: usize,
    /// Message outbounds.
    outbounds: usize,
    /// Mails in the ledger.
    mails: i64,
    /// When it was made.
    since: DateTime<Utc>,
}

/// What can be moved here from the Connect app of this site, or from an installation that is gone.
#[utoipa::path(
    tag = "move",
    responses((status = OK, body = MoveOffer), (status = "default", body = ErrorBody))
)]
#[get("/move")]
pub(crate) async fn get_move_offer(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<MoveOffer>, Problem> {
    let offer = match api.registry.movable(caller.tenant).await? {
        Some(connect) => {
            let tx = api.registry.begin(connect).await?;
            let found = counted(&tx).await?;
            tx.commit().await?;
            Some(found)
        }
        None => None,
    };
    Ok(web::Json(MoveOffer { offer }))
}

async fn counted(tx: &TenantTx) -> Result<Movable, Problem> {
    let row = tenant::this(tx).await?;
    let mails = statistics::by_state(tx, EVER).await?;
    Ok(Movable {
        site_url: Site::of(&row).url().to_owned(),
        sources: source::list(tx).await?.len(),
        outbounds: outbound::list(tx).await?.len(),
        mails: mails.iter().map(|count| count.amount).sum(),
        since: row.created_at,
    })
}
