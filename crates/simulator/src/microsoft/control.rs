//! The routes `/microsoft/…` of the control API.

mod approvals;
mod chat;
mod delegations;
mod delta;
mod directories;
mod discipline;
mod ews;
mod external;
mod grants;
mod keys;
mod mails;
mod registrations;
mod settings;
mod subscriptions;
mod tokens;
mod users;

use actix_web::web;

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.configure(people)
        .configure(mail)
        .configure(notifications)
        .configure(settings_and_figures);
}

/// Who there is and what they may.
fn people(cfg: &mut web::ServiceConfig) {
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
    .route("/microsoft/delegations", web::post().to(delegations::put))
    .route(
        "/microsoft/delegations",
        web::delete().to(delegations::clear),
    )
    .route("/microsoft/users", web::get().to(users::list))
    .route("/microsoft/users", web::post().to(users::put))
    .route("/microsoft/users/bulk", web::post().to(users::bulk))
    .route(
        "/microsoft/users/{address}",
        web::delete().to(users::remove),
    )
    .route(
        "/microsoft/users/{address}/revoke",
        web::post().to(users::revoke),
    )
    .route("/microsoft/approvals", web::get().to(approvals::list))
    .route(
        "/microsoft/approvals/{id}",
        web::post().to(approvals::decide),
    )
    .route("/microsoft/grants", web::post().to(grants::put))
    .route("/microsoft/tokens", web::get().to(tokens::list))
    .route("/microsoft/keys/roll", web::post().to(keys::roll));
}

fn mail(cfg: &mut web::ServiceConfig) {
    cfg.route(
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
    .route("/microsoft/external", web::delete().to(external::clear))
    .route("/chat", web::get().to(chat::list))
    .route("/chat", web::delete().to(chat::clear));
}

fn notifications(cfg: &mut web::ServiceConfig) {
    cfg.route(
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
    );
}

fn settings_and_figures(cfg: &mut web::ServiceConfig) {
    cfg.route("/microsoft/ews", web::post().to(ews::put))
        .route("/microsoft/graph", web::post().to(settings::graph))
        .route("/microsoft/sending", web::post().to(settings::sending))
        .route("/microsoft/refreshes", web::get().to(grants::refreshes))
        .route(
            "/microsoft/refreshes",
            web::delete().to(grants::forget_refreshes),
        )
        .route("/microsoft/discipline", web::get().to(discipline::show))
        .route("/microsoft/discipline", web::delete().to(discipline::clear));
}
