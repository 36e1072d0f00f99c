//! A webmail over the mailboxes of this world: what a customer or an agent sees.

mod attachment;
mod compose;
mod folder;
mod form;
mod message;
mod send;

use actix_web::{HttpResponse, http::StatusCode, web};

use super::pages;
use crate::world::World;

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/", web::get().to(home))
        .route("/webmail", web::get().to(mailboxes))
        .route("/webmail/{address}", web::get().to(folder::show))
        .route("/webmail/{address}/compose", web::get().to(compose::show))
        .route("/webmail/{address}/send", web::post().to(send::submit))
        .route(
            "/webmail/{address}/messages/{message}",
            web::get().to(message::show),
        )
        .route(
            "/webmail/{address}/messages/{message}/raw",
            web::get().to(message::raw),
        )
        .route(
            "/webmail/{address}/messages/{message}/attachments/{index}",
            web::get().to(attachment::download),
        );
}

async fn home() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("location", "/webmail"))
        .finish()
}

async fn mailboxes(world: web::Data<World>) -> HttpResponse {
    let cloud = world.cloud();
    let unread = |address: &str| {
        let mailbox = cloud.mailboxes.get(&address.to_lowercase());
        mailbox.map_or(0, |mailbox| {
            let inbox = mailbox.folder_key("inbox");
            mailbox
                .mails(inbox)
                .iter()
                .filter(|mail| !mail.is_read)
                .count()
        })
    };
    let users: Vec<_> = cloud
        .users
        .values()
        .map(|user| serde_json::json!({ "user": user, "unread": unread(&user.address) }))
        .collect();
    pages::show(
        StatusCode::OK,
        "mailboxes.html",
        serde_json::json!({ "users": users }),
    )
}

/// The page for what is not there.
fn missing(what: &str) -> HttpResponse {
    pages::show(
        StatusCode::NOT_FOUND,
        "missing.html",
        serde_json::json!({ "what": what }),
    )
}
