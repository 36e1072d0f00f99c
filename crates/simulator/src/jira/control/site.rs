//! `GET /jira/{site}`: the site with its secret, so that tests may forge.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::find;
use crate::{control::ControlError, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let state = site.state();
    let app = state.app.as_ref();
    Ok(HttpResponse::Ok().json(json!({
        "base_url": site.base_url,
        "client_key": site.client_key,
        "cloud_id": site.cloud_id,
        "shared_secret": app.map(|app| &app.secret),
        "app_key": app.map(|app| &app.descriptor.key),
        "app_account_id": app.map(|app| &app.account_id),
        "users": state.users.iter().map(|user| json!({
            "account_id": user.account_id,
            "account_type": user.account_type,
            "display_name": user.display_name,
            "email": user.email_address,
            "admin": user.admin,
            "active": user.active,
        })).collect::<Vec<_>>(),
        "projects": state.projects,
    })))
}
