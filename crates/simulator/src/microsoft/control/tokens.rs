//! `GET /microsoft/tokens`: every token that was ever issued.

use actix_web::{HttpResponse, web};

use crate::world::World;

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(world.cloud().grants.issued())
}
