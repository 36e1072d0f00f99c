//! What came to the chat tool.

use actix_web::{HttpResponse, web};

use crate::world::World;

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(&world.cloud().chat)
}

pub(super) async fn clear(world: web::Data<World>) -> HttpResponse {
    world.cloud().chat.clear();
    HttpResponse::NoContent().finish()
}
