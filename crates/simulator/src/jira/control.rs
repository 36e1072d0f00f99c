//! The routes `/jira/{site}/…` of the control API.

mod comment;
mod deliveries;
mod forge;
mod import;
mod install;
mod issues;
mod redeliver;
mod rename;
mod rotate_secret;
mod secrets;
mod settings;
mod site;
mod toggle;
mod token;
mod uninstall;

use std::sync::Arc;

use actix_web::web;
use serde::de::DeserializeOwned;

use super::{keys, lifecycle::InstallError, site::Site};
use crate::{control::ControlError, world::World};

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/keys/{kid}", web::get().to(key))
        .route("/jira/{site}", web::get().to(site::handle))
        .route("/jira/{site}/install", web::post().to(install::handle))
        .route("/jira/{site}/uninstall", web::post().to(uninstall::handle))
        .route("/jira/{site}/enable", web::post().to(toggle::enable))
        .route("/jira/{site}/disable", web::post().to(toggle::disable))
        .route(
            "/jira/{site}/rotate-secret",
            web::post().to(rotate_secret::handle),
        )
        .route("/jira/{site}/rename", web::post().to(rename::handle))
        .route("/jira/{site}/import", web::post().to(import::handle))
        .route("/jira/{site}/issues", web::get().to(issues::handle))
        .route(
            "/jira/{site}/issues/{issue}/comments",
            web::post().to(comment::handle),
        )
        .route("/jira/{site}/token", web::post().to(token::handle))
        .route("/jira/{site}/webhooks", web::get().to(deliveries::handle))
        .route(
            "/jira/{site}/webhooks/redeliver",
            web::post().to(redeliver::handle),
        )
        .route("/jira/{site}/secrets", web::get().to(secrets::handle))
        .route("/jira/{site}/settings", web::get().to(settings::read))
        .route("/jira/{site}/settings", web::post().to(settings::change))
        .configure(forge::configure);
}

/// The key server, for an app that is set to ask the control listener.
async fn key(world: web::Data<World>, kid: web::Path<String>) -> actix_web::HttpResponse {
    keys::serve(web::Data::from(world.jira.keys()), kid).await
}

fn find(world: &World, name: &str) -> Result<Arc<Site>, ControlError> {
    world
        .jira
        .get(name)
        .ok_or_else(|| ControlError::NotFound(format!("there is no Jira site {name:?} here")))
}

impl From<InstallError> for ControlError {
    fn from(error: InstallError) -> Self {
        let text = with_causes(&error);
        match error {
            InstallError::NotInstalled | InstallError::Address(_) => Self::Invalid(text),
            _ => Self::Refused(text),
        }
    }
}

/// A body that may be absent.
fn body_or_default<T: Default + DeserializeOwned>(body: &[u8]) -> Result<T, ControlError> {
    if body.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(body).map_err(|error| ControlError::Invalid(error.to_string()))
}

/// An error with all its causes, in one line.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
