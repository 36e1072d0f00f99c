//! `/forge/{module}`: a page of the Forge app inside Jira, through a bridge like Forge's own.

mod context;
mod host;
mod invoke;

use actix_web::{
    http::StatusCode,
    web::{ServiceConfig, get, post},
};
use serde::Deserialize;

use super::visitor::Visitor;
use crate::jira::{
    error::JiraError,
    forge::{app::ForgeApp, place::Place},
    site::Site,
};

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/forge/{module}", get().to(host::handle))
        .route("/forge/{module}/invoke", post().to(invoke::handle));
}

/// Where the page is, and how it looks.
#[derive(Debug, Deserialize)]
struct Look {
    /// Key of the project whose settings it is in.
    project: Option<String>,
    /// `light` (default) or `dark`.
    theme: Option<String>,
}

/// The app with its page, if the visitor may see it.
fn find(
    site: &Site,
    visitor: &Visitor,
    module_key: &str,
    look: &Look,
) -> Result<(ForgeApp, Place), JiraError> {
    let app = site.state().forge.clone();
    let app = app.ok_or_else(|| {
        JiraError::message(StatusCode::NOT_FOUND, "No Forge app is installed here.")
    })?;
    let place = Place::find(site, &app, Some(module_key), look.project.as_deref())?;
    let state = site.state();
    let user = state.user(&visitor.account_id);
    if !user.is_some_and(|user| place.is_open_to(user)) {
        return Err(JiraError::forbidden(
            "Only an administrator sees this page.",
        ));
    }
    Ok((app, place))
}
