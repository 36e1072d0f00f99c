//! Mail that left the world.

use actix_web::{HttpResponse, web};

use crate::world::World;

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(&world.cloud().external)
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    world.cloud().external.clear();
    HttpResponse::NoContent().finish()
}
