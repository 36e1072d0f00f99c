//! `POST /jira/{site}/install`

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::find;
use crate::{control::ControlError, jira::lifecycle, world::World};

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    descriptor_url: String,
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let installed = lifecycle::install(&site, &wanted.descriptor_url).await?;
    Ok(HttpResponse::Ok().json(installed))
}
