//! `POST /jira/{site}/forge/upgrade`

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{
    control::ControlError,
    jira::{control::find, forge::installation::upgrade},
    world::World,
};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let (version, status) = upgrade(&site).await?;
    Ok(HttpResponse::Ok().json(json!({"version": version, "status": status})))
}
