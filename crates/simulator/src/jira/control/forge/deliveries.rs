//! `GET /jira/{site}/forge/deliveries`: each attempt to call the back end by itself.

use actix_web::{HttpResponse, web};

use crate::{control::ControlError, jira::control::find, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let state = site.state();
    Ok(HttpResponse::Ok().json(&state.forge_deliveries))
}
