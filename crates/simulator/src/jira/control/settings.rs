//! `/jira/{site}/settings`: reading and changing single settings.

use actix_web::{HttpResponse, web};
use serde_json::{Map, Value};

use super::find;
use crate::{control::ControlError, jira::model::settings::Settings, world::World};

pub(super) async fn read(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let settings = find(&world, &site)?.state().settings.clone();
    Ok(HttpResponse::Ok().json(settings))
}

pub(super) async fn change(
    world: web::Data<World>,
    site: web::Path<String>,
    changes: web::Json<Map<String, Value>>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let mut state = site.state();
    let invalid = |error: serde_json::Error| ControlError::Invalid(error.to_string());
    let mut all = serde_json::to_value(&state.settings).map_err(invalid)?;
    if let Some(all) = all.as_object_mut() {
        all.extend(changes.into_inner());
    }
    state.settings = serde_json::from_value::<Settings>(all).map_err(invalid)?;
    Ok(HttpResponse::Ok().json(&state.settings))
}
