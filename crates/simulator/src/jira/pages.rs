//! What people see of a site: quiet pages with plain forms, and the host page with the app's own page in it.

mod apps;
mod assets;
mod attachment;
mod comment;
mod forge;
mod frame;
mod host;
mod issue;
mod issues;
mod login;
mod render;
mod visitor;

use actix_web::web::{ServiceConfig, get, post};

/// Routes outside `/rest`.
pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/", get().to(issues::all))
        .route("/projects/{project}", get().to(issues::of_project))
        .route("/browse/{issue}", get().to(issue::handle))
        .route("/browse/{issue}/comment", post().to(comment::handle))
        .route(
            "/secure/attachment/{id}/{name}",
            get().to(attachment::handle),
        )
        .route("/apps", get().to(apps::show))
        .route("/apps/install", post().to(apps::install))
        .route("/apps/uninstall", post().to(apps::uninstall))
        .route("/apps/forge/install", post().to(apps::install_forge))
        .route("/apps/forge/uninstall", post().to(apps::uninstall_forge))
        .route("/login", get().to(login::handle))
        .route("/plugins/{app}/{module}", get().to(host::page))
        .route("/plugins/{app}/{module}/frame", get().to(host::frame))
        .route("/plugins/{app}/{module}/token", post().to(host::token))
        .configure(forge::configure)
        .configure(assets::configure);
}
