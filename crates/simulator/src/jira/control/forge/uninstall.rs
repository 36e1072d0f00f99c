//! `POST /jira/{site}/forge/uninstall`

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::{
    control::ControlError,
    jira::{
        control::{body_or_default, find},
        forge::installation::uninstall,
    },
    world::World,
};

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// False for an app that is gone without a word.
    goodbye: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { goodbye: true }
    }
}

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let wanted: Wanted = body_or_default(&body)?;
    let status = uninstall(&site, wanted.goodbye).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": status })))
}
