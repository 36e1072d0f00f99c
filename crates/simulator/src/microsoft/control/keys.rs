//! Rolling the key that signs id tokens.

use actix_web::{HttpResponse, web};

use crate::{microsoft::keys::SigningKey, world::World};

/// A new key signs; those before it stay published.
pub(super) async fn roll(world: web::Data<World>) -> HttpResponse {
    match SigningKey::new() {
        Ok(key) => {
            world.cloud().keys.push(key);
            HttpResponse::NoContent().finish()
        }
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}
