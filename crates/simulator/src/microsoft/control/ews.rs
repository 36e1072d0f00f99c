//! Settings of EWS.

use actix_web::{HttpResponse, web};

use crate::{microsoft::ews::Settings, world::World};

/// Replaces all settings.
pub(super) async fn put(world: web::Data<World>, settings: web::Json<Settings>) -> HttpResponse {
    let mut cloud = world.cloud();
    cloud.ews = settings.into_inner();
    HttpResponse::Ok().json(&cloud.ews)
}
