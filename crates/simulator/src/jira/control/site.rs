//! `GET /jira/{site}`: the site with its secret, so that tests may forge.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::{find, with_causes};
use crate::{control::ControlError, jira::site::Site, world::World};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    let system_token = system_token(&site)?;
    let state = site.state();
    let forge = state.forge.as_ref().map(|app| {
        json!({
            "app_id": app.app_id,
            "environment": app.environment,
            "version": app.version,
            "installation_id": app.installation_id,
            "app_account_id": app.account_id,
            "remote_url": app.remote_url,
            "api_base_url": site.api_base_url(),
            "scopes": app.manifest.scopes,
            "modules": app.manifest.pages().iter().map(|page| json!({
                "key": page.key, "type": page.kind, "title": page.title,
            })).collect::<Vec<_>>(),
            "next_tick": app.next_tick,
            "system_token": system_token,
        })
    });
    let app = state.app.as_ref();
    let names = site.names();
    Ok(HttpResponse::Ok().json(json!({
        "base_url": names.base_url,
        "display_url": names.display_url,
        "client_key": names.client_key,
        "cloud_id": site.cloud_id,
        "shared_secret": app.map(|app| &app.secret),
        "app_key": app.map(|app| &app.descriptor.key),
        "app_account_id": app.map(|app| &app.account_id),
        "forge": forge,
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

/// The token that the Forge app's back end would get now.
fn system_token(site: &Site) -> Result<Option<String>, ControlError> {
    let app = site.state().forge.clone();
    let token = app.map(|app| site.shared.forge.tokens.issue(site, &app));
    token
        .transpose()
        .map_err(|error| ControlError::Invalid(with_causes(&error)))
}
