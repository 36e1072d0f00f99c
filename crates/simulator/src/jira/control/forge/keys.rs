//! `POST /forge/rotate-keys`: another key signs the invocation tokens from now on.

use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::{
    control::ControlError,
    jira::control::{body_or_default, with_causes},
    world::World,
};

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// False when the set shall have the new key alone.
    keep_old: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { keep_old: true }
    }
}

pub(super) async fn rotate(
    world: web::Data<World>,
    body: Bytes,
) -> Result<HttpResponse, ControlError> {
    let wanted: Wanted = body_or_default(&body)?;
    let keys = &world.jira.forge().keys;
    let kid = keys
        .rotate(&world.clock, wanted.keep_old)
        .map_err(|error| ControlError::Invalid(with_causes(&error)))?;
    Ok(HttpResponse::Ok().json(json!({ "kid": kid })))
}
