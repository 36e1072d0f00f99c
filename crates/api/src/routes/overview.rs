use actix_web::{get, web};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{RegistryError, TenantTx, outbound, source, statistics};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{State, StateCode, Tone, WhoActs},
    doors::Administrator,
    problem::ErrorBody,
    routes::{outbounds, sources},
};

mod counts;
mod sentence;

use counts::{Hour, Week, hours, week};

/// Is my mail flowing?
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    /// The answer.
    sentence: String,
    /// Its colour.
    tone: Tone,
    /// Whatever needs a person.
    needs: Vec<Need>,
    /// Mails of the last seven days.
    week: Week,
    /// When the oldest waiting mail was received.
    #[schema(required)]
    oldest_waiting_at: Option<DateTime<Utc>>,
    /// Mails of the last 24 hours, hour by hour, the oldest first.
    hours: Vec<Hour>,
    /// How many message sources there are.
    sources: usize,
    /// How many message outbounds there are.
    outbounds: usize,
}

/// One thing that needs a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Need {
    /// What is the matter.
    text: String,
    /// `source` or `outbound`.
    connection_kind: String,
    /// Which.
    connection_id: Uuid,
}

/// Is my mail flowing?
#[utoipa::path(
    tag = "overview",
    responses((status = OK, body = Overview), (status = "default", body = ErrorBody))
)]
#[get("/overview")]
pub(crate) async fn get_overview(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<Overview>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let connections = connections(&tx).await?;
    let week = week(&statistics::by_state(&tx, TimeDelta::days(7)).await?);
    let hours = hours(&statistics::by_hour(&tx).await?, tx.clock().now());
    let oldest_waiting_at = statistics::oldest_waiting(&tx).await?;
    tx.commit().await?;

    let states: Vec<&State> = connections.iter().map(|it| &it.state).collect();
    let (sentence, tone) = sentence::say(&states, &week);
    let count = |kind| connections.iter().filter(|it| it.kind == kind).count();
    let (sources, outbounds) = (count("source"), count("outbound"));
    let needs = connections
        .into_iter()
        .filter_map(Connection::need)
        .collect();
    Ok(web::Json(Overview {
        sentence,
        tone,
        needs,
        week,
        oldest_waiting_at,
        hours,
        sources,
        outbounds,
    }))
}

struct Connection {
    kind: &'static str,
    id: Uuid,
    mailbox: String,
    state: State,
}

async fn connections(tx: &TenantTx) -> Result<Vec<Connection>, RegistryError> {
    let mut all = Vec::new();
    for row in source::list(tx).await? {
        let (id, mailbox) = (row.id.0, row.mailbox.clone());
        all.push(Connection {
            kind: "source",
            id,
            mailbox,
            state: sources::view(tx, row).await?.state,
        });
    }
    for row in outbound::list(tx).await? {
        let (id, mailbox) = (row.id.0, row.mailbox.clone());
        all.push(Connection {
            kind: "outbound",
            id,
            mailbox,
            state: outbounds::view(tx, row).await?.state,
        });
    }
    Ok(all)
}

impl Connection {
    /// What somebody must do about it. A pause is somebody's wish, not a need.
    fn need(self) -> Option<Need> {
        let asks = !matches!(self.state.who_acts, WhoActs::Nobody | WhoActs::Us);
        (asks && self.state.code != StateCode::Paused).then(|| Need {
            text: format!("{}: {}", self.mailbox, self.state.sentence),
            connection_kind: self.kind.to_owned(),
            connection_id: self.id,
        })
    }
}
