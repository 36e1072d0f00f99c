//! `GET /jira/{site}/webhooks`: each attempt to send one.

use actix_web::{HttpResponse, web};

use super::find;
use crate::{control::ControlError, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let state = site.state();
    Ok(HttpResponse::Ok().json(&state.deliveries))
}
