//! Microsoft: Entra ID, Graph mail, EWS and a webmail over the same mailboxes.
//!
//! Strict where Entra ID and Graph are, in what a mail integration uses. Page names in the comments are those of
//! Microsoft's documentation.

mod aadsts;
mod approvals;
mod busy;
mod certificate;
mod chat;
mod cloud;
mod conditions;
mod control;
mod directory;
mod discipline;
mod ews;
mod grants;
mod graph;
mod keys;
mod login;
mod mailbox;
mod national;
mod pages;
mod scopes;
mod sealed;
mod subscriptions;
mod webmail;

use std::sync::Arc;

use actix_web::{HttpRequest, web};

use crate::world::World;

pub(crate) use self::ews::{Operation as EwsOperation, fault as ews_fault, peek as peek_ews};
pub(crate) use self::{
    cloud::Cloud, control::configure as configure_control, discipline::watch,
    graph::fault as graph_fault, graph::usual_error, login::fault as login_fault, national::enter,
};

/// `graph`, `ews`, `outlook` (uploads), `chat` or `login`; nothing for the webmail, which stands for a person.
pub(crate) fn host_of(path: &str) -> Option<&'static str> {
    match path {
        _ if path.starts_with("/v1.0") => Some("graph"),
        _ if ews::is_here(path) => Some("ews"),
        _ if path.starts_with("/api/v2.0/") => Some("outlook"),
        _ if path.starts_with("/chat/") => Some("chat"),
        _ if path.starts_with("/webmail") || path == "/" || path == "/favicon.ico" => None,
        _ => Some("login"),
    }
}

/// The routes of the Microsoft listeners.
pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.configure(graph::configure)
        .configure(ews::configure)
        .configure(chat::configure)
        .configure(webmail::configure)
        .configure(login::configure);
}

/// Sets going what the Microsoft hosts do by themselves; it ends with the world.
pub(crate) fn wind(world: &Arc<World>) {
    tokio::spawn(subscriptions::run(Arc::downgrade(world)));
}

/// The base URL these hosts say they have: the configured one, or the one that the caller used.
fn public_base(world: &World, request: &HttpRequest) -> String {
    let prefix = national::National::of(request).prefix();
    if let Some(url) = &world.options.microsoft_public_url {
        return format!("{}{prefix}", url.trim_end_matches('/'));
    }
    let connection = request.connection_info();
    format!("{}://{}{prefix}", connection.scheme(), connection.host())
}
