//! `GET /jira/{site}/secrets`: every secret that the site ever told an app.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::find;
use crate::{control::ControlError, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let system_tokens = site.shared.forge.tokens.ever(&site.cloud_id);
    let state = site.state();
    Ok(HttpResponse::Ok().json(json!({
        "shared_secrets": state.told_secrets,
        "system_tokens": system_tokens,
    })))
}
