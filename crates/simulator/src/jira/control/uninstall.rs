//! `POST /jira/{site}/uninstall`

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde_json::json;

use super::{body_or_default, find};
use crate::{control::ControlError, jira::lifecycle, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let answers = lifecycle::uninstall(&site, body_or_default(&body)?).await?;
    Ok(HttpResponse::Ok().json(json!({
        "disabled_status": answers.disabled,
        "uninstalled_status": answers.uninstalled,
    })))
}
