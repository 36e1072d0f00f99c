use actix_web::{get, web};
use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::statistics;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Api, Problem,
    connection::{State, Tone},
    doors::Administrator,
    problem::ErrorBody,
};

mod counts;
mod needs;
mod sentence;

use counts::{Hour, Week, hours, week};
use needs::{Need, connections, needs};

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
    let needs = needs(&tx, &connections).await?;
    let week = week(&statistics::by_state(&tx, TimeDelta::days(7)).await?);
    let hours = hours(&statistics::by_hour(&tx).await?, tx.clock().now());
    let oldest_waiting_at = statistics::oldest_waiting(&tx).await?;
    tx.commit().await?;

    let states: Vec<&State> = connections.iter().map(|it| &it.state).collect();
    let (sentence, tone) = sentence::say(&states, &week);
    let count = |kind| connections.iter().filter(|it| it.kind == kind).count();
    let (sources, outbounds) = (count("source"), count("outbound"));
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
