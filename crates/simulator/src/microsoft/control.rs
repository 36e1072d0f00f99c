//! The routes `/microsoft/…` of the control API.

mod delegations;
mod delta;
mod directories;
mod ews;
mod external;
mod keys;
mod mails;
mod registrations;
mod subscriptions;
mod tokens;
mod users;

use actix_web::web;

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(
        "/microsoft/registrations",
        web::post().to(registrations::put),
    )
    .route("/microsoft/directories", web::get().to(directories::list))
    .route("/microsoft/directories", web::post().to(directories::put))
    .route(
        "/microsoft/directories/{name}/consents",
        web::delete().to(directories::forget_consents),
    )
    .route(
        "/microsoft/subscriptions",
        web::get().to(subscriptions::list),
    )
    .route(
        "/microsoft/subscriptions/{id}",
        web::delete().to(subscriptions::forget),
    )
    .route(
        "/microsoft/subscriptions/{id}/lifecycle",
        web::post().to(subscriptions::lifecycle),
    )
    .route(
        "/microsoft/notifications",
        web::get().to(subscriptions::notifications),
    )
    .route(
        "/microsoft/notifications",
        web::post().to(subscriptions::set),
    )
    .route("/microsoft/ews", web::post().to(ews::put))
    .route("/microsoft/delegations", web::post().to(delegations::put))
    .route(
        "/microsoft/delegations",
        web::delete().to(delegations::clear),
    )
    .route("/microsoft/tokens", web::get().to(tokens::list))
    .route("/microsoft/users", web::get().to(users::list))
    .route("/microsoft/users", web::post().to(users::put))
    .route(
        "/microsoft/users/{address}/revoke",
        web::post().to(users::revoke),
    )
    .route("/microsoft/keys/roll", web::post().to(keys::roll))
    .route(
        "/microsoft/mailboxes/{address}/mails",
        web::get().to(mails::list),
    )
    .route(
        "/microsoft/mailboxes/{address}/mails",
        web::post().to(mails::put),
    )
    .route(
        "/microsoft/mailboxes/{address}/mails/{id}/raw",
        web::get().to(mails::raw),
    )
    .route(
        "/microsoft/mailboxes/{address}/expire-delta",
        web::post().to(delta::expire),
    )
    .route("/microsoft/external", web::get().to(external::list))
    .route("/microsoft/external", web::delete().to(external::clear));
}
