//! `POST /jira/{site}/enable` and `/disable`: an administrator switches the app on or off.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::find;
use crate::{control::ControlError, jira::lifecycle, world::World};

pub(super) async fn enable(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    toggle(&world, &site, true).await
}

pub(super) async fn disable(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    toggle(&world, &site, false).await
}

async fn toggle(world: &World, site: &str, enabled: bool) -> Result<HttpResponse, ControlError> {
    let site = find(world, site)?;
    let status = lifecycle::toggle(&site, enabled).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": status })))
}
