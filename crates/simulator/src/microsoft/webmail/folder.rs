//! One folder of a mailbox.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{form::Draft, missing};
use crate::{microsoft::pages, world::World};

/// Mails on the page.
const SHOWN: usize = 200;

#[derive(Debug, Deserialize)]
pub(super) struct Which {
    folder: Option<String>,
    sent: Option<usize>,
}

pub(super) async fn show(
    world: web::Data<World>,
    address: web::Path<String>,
    which: web::Query<Which>,
) -> HttpResponse {
    let mut cloud = world.cloud();
    let Some(user) = cloud.user(&address).cloned() else {
        return missing("mailbox");
    };
    let Some(mailbox) = cloud.mailbox_mut(&user.address) else {
        return missing("mailbox");
    };
    let Some(here) = mailbox.folder_key(which.folder.as_deref().unwrap_or("inbox")) else {
        return missing("folder");
    };
    let folders: Vec<_> = mailbox
        .children(mailbox.root())
        .map(|(key, folder)| {
            let unread = mailbox.mails(Some(key)).iter().filter(|mail| !mail.is_read).count();
            serde_json::json!({ "id": folder.well_known.unwrap_or(&folder.id), "name": folder.name, "unread": unread, "here": key == here })
        })
        .collect();
    let mails = mailbox.mails(Some(here));
    let total = mails.len();
    let rows: Vec<_> = mails
        .into_iter()
        .take(SHOWN)
        .map(|mail| {
            serde_json::json!({
                "id": mailbox.immutable_id(mail.key()), "is_read": mail.is_read, "subject": mail.summary.subject,
                "from": mail.summary.from, "to": mail.summary.to, "preview": mail.summary.preview,
                "attachments": mail.summary.has_attachments,
                "received": mail.received.format("%Y-%m-%d %H:%M").to_string() })
        })
        .collect();
    let name = mailbox.folder(here).name.clone();
    pages::show(
        StatusCode::OK,
        "folder.html",
        serde_json::json!({
        "user": user, "folders": folders, "name": name, "rows": rows, "total": total, "sent": which.sent, "draft": Draft::default(), "address": user.address }),
    )
}
