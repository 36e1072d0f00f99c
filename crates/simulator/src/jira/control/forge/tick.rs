//! `POST /jira/{site}/forge/tick`: the scheduled trigger, now.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    control::ControlError,
    jira::{control::find, forge::clockwork::tick},
    world::World,
};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let status = tick(&site).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": status })))
}
