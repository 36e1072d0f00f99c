//! `POST /jira/{site}/rename`: other addresses for the site.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::find;
use crate::{control::ControlError, jira::lifecycle, world::World};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// `http://127.0.0.1:PORT` still leads to the site that was at `http://localhost:PORT`.
    base_url: Option<String>,
    /// A custom domain; empty for none.
    display_url: Option<String>,
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let (base_url, display_url) = (wanted.base_url.as_deref(), wanted.display_url.as_deref());
    let told = lifecycle::rename(&site, base_url, display_url).await?;
    let names = site.names();
    Ok(HttpResponse::Ok().json(json!({
        "base_url": names.base_url,
        "display_url": names.display_url,
        "client_key": names.client_key,
        "status": told.as_ref().map(|told| told.status),
        "enabled_status": told.and_then(|told| told.enabled_status),
    })))
}
