//! The routes `/jira/{site}/forge/…` of the control API.

mod deliveries;
mod install;
mod keys;
mod redeliver;
mod tick;
mod token;
mod uninstall;
mod upgrade;

use actix_web::web;

use crate::{
    control::ControlError,
    jira::{control::with_causes, forge::installation::ForgeError},
};

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/forge/rotate-keys", web::post().to(keys::rotate))
        .route(
            "/jira/{site}/forge/install",
            web::post().to(install::handle),
        )
        .route(
            "/jira/{site}/forge/uninstall",
            web::post().to(uninstall::handle),
        )
        .route(
            "/jira/{site}/forge/upgrade",
            web::post().to(upgrade::handle),
        )
        .route("/jira/{site}/forge/tick", web::post().to(tick::handle))
        .route("/jira/{site}/forge/token", web::post().to(token::handle))
        .route(
            "/jira/{site}/forge/redeliver",
            web::post().to(redeliver::handle),
        )
        .route(
            "/jira/{site}/forge/deliveries",
            web::get().to(deliveries::handle),
        );
}

impl From<ForgeError> for ControlError {
    fn from(error: ForgeError) -> Self {
        Self::Invalid(with_causes(&error))
    }
}
