use actix_web::{get, web};
use postroom_registry::incident;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{Incident, view};
use crate::{Api, Problem, doors::Administrator, problem::ErrorBody};

/// Incidents that are shown.
const MOST: u64 = 100;

/// Which incidents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Only those that last, or only those that are over.
    open: Option<bool>,
}

/// What was out of order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentList {
    /// The newest first; the last hundred.
    items: Vec<Incident>,
}

/// What was out of order, and whom Postroom told of it.
#[utoipa::path(
    tag = "alerts",
    params(Asked),
    responses((status = OK, body = IncidentList), (status = "default", body = ErrorBody))
)]
#[get("/incidents")]
pub(crate) async fn list_incidents(
    api: web::Data<Api>,
    caller: Administrator,
    asked: web::Query<Asked>,
) -> Result<web::Json<IncidentList>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let mut items = Vec::new();
    for row in incident::list(&tx, asked.open, MOST).await? {
        items.push(view(&tx, row).await?);
    }
    tx.commit().await?;
    Ok(web::Json(IncidentList { items }))
}
