//! `/requests`: what the simulated hosts were asked.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::world::World;

#[derive(Debug, Deserialize)]
pub(super) struct Selection {
    host: Option<String>,
    #[serde(default)]
    since: u64,
}

pub(super) async fn list(world: web::Data<World>, wanted: web::Query<Selection>) -> HttpResponse {
    HttpResponse::Ok().json(world.requests.list(wanted.host.as_deref(), wanted.since))
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    world.requests.clear();
    HttpResponse::NoContent().finish()
}
