//! `POST /jira/{site}/webhooks/redeliver`: the last webhooks once more, under their old identifiers.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::find;
use crate::{control::ControlError, jira::webhooks::outbox::Outgoing, world::World};

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// How many different ones, the last first.
    #[serde(default = "one")]
    n: usize,
}

fn one() -> usize {
    1
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let mut last: Vec<Outgoing> = Vec::new();
    for delivery in site.state().deliveries.iter().rev() {
        let known = last.iter().any(|one| one.identifier == delivery.identifier);
        if !known && last.len() < wanted.n {
            last.push(delivery.outgoing.clone());
        }
    }
    let identifiers: Vec<String> = last.iter().map(|one| one.identifier.clone()).collect();
    for outgoing in last.into_iter().rev() {
        site.outbox.push(&site, outgoing);
    }
    Ok(HttpResponse::Accepted().json(json!({ "identifiers": identifiers })))
}
