//! `POST /jira/{site}/uninstall`

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::{find, with_causes};
use crate::{control::ControlError, jira::lifecycle, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let answers = lifecycle::uninstall(&site)
        .await
        .map_err(|error| ControlError::Invalid(with_causes(&error)))?;
    Ok(HttpResponse::Ok().json(json!({
        "disabled_status": answers.disabled,
        "uninstalled_status": answers.uninstalled,
    })))
}
