//! Entra ID: discovery, sign-in pages, consent and tokens.

mod admin_consent;
mod assertion;
mod authorize;
mod client;
mod consent;
mod discovery;
mod fault;
mod flow;
mod id_token;
mod pick;
mod redeem;
mod refresh;
mod refusal;
mod send_back;
mod token;

use actix_web::web;

pub(crate) use self::{fault::fault, flow::Flow};

/// The routes of the login host. `{tenant}` is a directory's id or domain, or `common`, `organizations`, `consumers`.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(
        "/common/discovery/instance",
        web::get().to(discovery::instance),
    )
    .route(
        "/{tenant}/v2.0/.well-known/openid-configuration",
        web::get().to(discovery::metadata),
    )
    .route(
        "/{tenant}/discovery/v2.0/keys",
        web::get().to(discovery::keys),
    )
    .route(
        "/{tenant}/oauth2/v2.0/authorize",
        web::get().to(authorize::show),
    )
    .route("/{tenant}/oauth2/v2.0/token", web::post().to(token::answer))
    .route(
        "/{tenant}/oauth2/v2.0/logout",
        web::get().to(pick::sign_out),
    )
    .route(
        "/{tenant}/v2.0/adminconsent",
        web::get().to(admin_consent::show),
    )
    .route("/{tenant}/login", web::post().to(pick::submit))
    .route("/{tenant}/consent", web::post().to(consent::submit));
}
