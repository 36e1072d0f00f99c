//! `POST /jira/{site}/forge/redeliver`: the last calls once more, with fresh tokens.

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::{
    control::ControlError,
    jira::{
        control::{body_or_default, find},
        forge::delivery::{self, Outgoing},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// How many different ones, the last first.
    n: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { n: 1 }
    }
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let wanted: Wanted = body_or_default(&body)?;
    let mut last: Vec<Outgoing> = Vec::new();
    for delivery in site.state().forge_deliveries.iter().rev() {
        let known = last.iter().any(|one| one.id == delivery.id);
        if !known && last.len() < wanted.n {
            last.push(delivery.outgoing.clone());
        }
    }
    let mut statuses = Vec::new();
    for outgoing in last.into_iter().rev() {
        statuses.push(delivery::deliver(&site, outgoing).await);
    }
    Ok(HttpResponse::Ok().json(json!({ "statuses": statuses })))
}
