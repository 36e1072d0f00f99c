//! The calls of Connect: the lifecycle of a tenant, and events.

mod comment_created;
mod disabled;
mod enabled;
mod installed;
mod issue_deleted;
mod uninstalled;

use actix_web::web::ServiceConfig;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(installed::installed)
        .service(enabled::enabled)
        .service(disabled::disabled)
        .service(uninstalled::uninstalled)
        .service(comment_created::comment_created)
        .service(issue_deleted::issue_deleted);
}
