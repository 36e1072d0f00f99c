//! `POST /jira/{site}/import`: the site after a site import, with another client key.

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde::Deserialize;

use super::{body_or_default, find};
use crate::{control::ControlError, jira::lifecycle, world::World};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// A new one when absent.
    client_key: Option<String>,
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let wanted: Wanted = body_or_default(&body)?;
    Ok(HttpResponse::Ok().json(lifecycle::import(&site, wanted.client_key).await?))
}
