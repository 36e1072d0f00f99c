//! One message, opened: it counts as read from now on.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::missing;
use crate::{
    microsoft::{
        graph::{attachment_name, has_html, media_type},
        mailbox::Mail,
        pages,
    },
    world::World,
};

pub(super) async fn show(
    world: web::Data<World>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (address, id) = path.into_inner();
    let mut cloud = world.cloud();
    let Some(user) = cloud.user(&address).cloned() else {
        return missing("mailbox");
    };
    let Some(mailbox) = cloud.mailbox_mut(&user.address) else {
        return missing("mailbox");
    };
    let Ok(key) = mailbox.find(&id).map(Mail::key) else {
        return missing("message");
    };
    if mailbox.mail(key).is_some_and(|mail| !mail.is_read) {
        mailbox.edit(key, world.clock.now(), |mail| mail.is_read = true);
    }
    let Some(mail) = mailbox.mail(key) else {
        return missing("message");
    };
    let folder = mailbox.folder(mail.folder());
    let folder =
        serde_json::json!({ "id": folder.well_known.unwrap_or(&folder.id), "name": folder.name });
    let (html, text, attachments) = content(mail);
    let summary = &mail.summary;
    pages::show(
        StatusCode::OK,
        "message.html",
        serde_json::json!({
        "user": user, "folder": folder, "id": id, "html": html, "text": text, "attachments": attachments, "subject": summary.subject, "from": summary.from, "to": summary.to,
        "cc": summary.cc, "message_id": summary.internet_message_id,
        "received": mail.received.format("%Y-%m-%d %H:%M:%S UTC").to_string() }),
    )
}

/// HTML when the sender wrote it, the text, and the attachments.
fn content(mail: &Mail) -> (Option<String>, String, Vec<serde_json::Value>) {
    let Some(message) = mail.parsed() else {
        return (
            None,
            String::from_utf8_lossy(&mail.raw).into_owned(),
            Vec::new(),
        );
    };
    let html = has_html(&message).then(|| message.body_html(0)).flatten();
    let text = message.body_text(0).unwrap_or_default().into_owned();
    let parts = message.attachments().zip(0..).map(|(part, index)| {
        serde_json::json!({ "index": index, "name": attachment_name(part, index), "media_type": media_type(part), "size": part.contents().len() })
    });
    (
        html.map(std::borrow::Cow::into_owned),
        text,
        parts.collect(),
    )
}

/// The message as it came in.
pub(super) async fn raw(
    world: web::Data<World>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (address, id) = path.into_inner();
    let mut cloud = world.cloud();
    let mail = cloud
        .mailbox_mut(&address)
        .and_then(|mailbox| mailbox.find(&id).ok());
    mail.map_or_else(
        || missing("message"),
        |mail| {
            HttpResponse::Ok()
                .content_type("text/plain; charset=utf-8")
                .body(mail.raw.clone())
        },
    )
}
