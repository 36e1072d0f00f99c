//! Jira Cloud sites, as strict as the real ones in what Postroom uses of them.
//!
//! ```text
//! install page ─► lifecycle (RS256, key server) ─► app        rest/   the REST API behind the gate (tokens, scopes, points)
//!            └──► forge/ (invocation tokens) ─► app
//! REST, pages  ─► issues.rs, comments.rs … ─► model           pages/  what people see, with the app in Atlassian's own bridge
//!                      └► webhooks (HS256) ─► app             control/ the routes of the control API
//! ```

mod adf;
mod attachments;
mod audience;
mod comments;
mod control;
mod error;
mod forge;
mod gate;
mod issues;
mod jql;
mod jwt;
mod keys;
mod lifecycle;
mod media;
mod model;
mod pages;
mod points;
mod qsh;
mod rest;
mod site;
mod sites;
mod tokens;
mod upm;
mod views;
mod webhooks;

use std::sync::Arc;

use actix_web::web;

pub(crate) use self::sites::Sites;
use crate::world::{SiteHandle, World};

/// `jira` for the REST API, media and the key server; nothing for the pages that people look at.
pub(crate) fn host_of(path: &str) -> Option<&'static str> {
    let api = ["/rest/", "/keys/", "/file/"];
    api.iter()
        .any(|prefix| path.starts_with(prefix))
        .then_some("jira")
}

/// The routes of one site's listener.
pub(crate) fn configure(cfg: &mut web::ServiceConfig, handle: SiteHandle) {
    let SiteHandle { world, name, .. } = handle;
    let Some(site) = world.jira.get(&name) else {
        return;
    };
    cfg.app_data(web::Data::from(world.jira.keys()))
        .app_data(web::Data::from(site))
        .route("/keys/{kid}", web::get().to(keys::serve))
        .route("/file/{media_id}/binary", web::get().to(media::serve))
        .configure(rest::configure)
        .configure(pages::configure);
}

/// The routes of Atlassian's own listener.
pub(crate) fn configure_atlassian(cfg: &mut web::ServiceConfig, world: &World) {
    forge::gateway::configure(cfg, world);
}

/// Sets going what a site does by itself; it ends with the site.
pub(crate) fn wind(site: &Arc<site::Site>) {
    tokio::spawn(forge::clockwork::run(Arc::downgrade(site)));
}

/// The routes `/jira/{site}/…` of the control API, and the key server.
pub(crate) fn configure_control(cfg: &mut web::ServiceConfig) {
    control::configure(cfg);
}
