//! The routes, one endpoint a file.

mod alert_channels;
mod audit;
mod connect;
mod connections;
mod download;
mod forge;
mod grants;
mod in_scope;
mod incidents;
mod internal;
mod jira;
mod mails;
mod me;
mod microsoft_overview;
mod move_to_forge;
mod notifications;
mod outbounds;
mod overview;
mod push;
mod registrations;
pub(crate) mod sign_ins;
mod sources;
mod trail;
pub(crate) mod vocabulary;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Problem;

pub(crate) use connect::configure as connect;
pub(crate) use forge::configure as forge;
pub(crate) use internal::configure as internal;
pub(crate) use mails::Readings;
pub(crate) use push::configure as push;

/// The panel's API, below `/api/v1`.
pub(crate) fn panel(cfg: &mut ServiceConfig<'_>) {
    cfg.service(me::get_me).service(overview::get_overview);
    sign_ins::configure(cfg);
    grants::configure(cfg);
    registrations::configure(cfg);
    microsoft_overview::configure(cfg);
    sources::configure(cfg);
    outbounds::configure(cfg);
    mails::configure(cfg);
    alert_channels::configure(cfg);
    incidents::configure(cfg);
    cfg.service(jira::list_projects);
    cfg.service(notifications::list_notifications);
    move_to_forge::configure(cfg);
    audit::configure(cfg);
}

/// The same for an application that writes no document.
pub(crate) fn served(cfg: &mut web::ServiceConfig) {
    panel(&mut ServiceConfig::new(cfg));
}

/// Whatever has no route.
pub(crate) async fn nothing_here() -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}

/// A name that a person gives: without the blanks around it, 1 to 100 characters.
pub(crate) fn name(given: &str) -> Result<String, Problem> {
    let name = given.trim();
    match name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        true => Err(Problem::invalid("name", "A name has 1 to 100 characters.")),
        false => Ok(name.to_owned()),
    }
}
