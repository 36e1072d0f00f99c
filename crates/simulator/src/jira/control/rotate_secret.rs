//! `POST /jira/{site}/rotate-secret`: the app gets another secret.

use actix_web::{HttpResponse, web};

use super::find;
use crate::{control::ControlError, jira::lifecycle, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    Ok(HttpResponse::Ok().json(lifecycle::rotate(&site).await?))
}
